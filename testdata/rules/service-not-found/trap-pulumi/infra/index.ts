import * as k8s from "@pulumi/kubernetes";

new k8s.core.v1.Service("db", {
  metadata: { name: "db-headless" },
  spec: { clusterIP: "None", selector: { app: "db" }, ports: [{ port: 5432 }] },
});
