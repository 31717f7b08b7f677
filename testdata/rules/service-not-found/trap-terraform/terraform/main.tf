resource "kubernetes_service" "db" {
  metadata {
    name = "db-headless"
  }
  spec {
    cluster_ip = "None"
    selector   = { app = "db" }
    port {
      port = 5432
    }
  }
}
