function(name) {
  service: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: '%s-headless' % name },
    spec: { clusterIP: 'None', selector: { app: name }, ports: [{ port: 5432 }] },
  },
}
