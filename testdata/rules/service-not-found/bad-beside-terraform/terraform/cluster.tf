resource "kubernetes_service" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector = { app = "web" }
    port {
      port = 80
    }
  }
}
