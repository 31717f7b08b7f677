variable "app" {
  type = string
}

resource "kubernetes_service_v1" "headless" {
  metadata {
    name = "${var.app}-headless"
  }
  spec {
    cluster_ip = "None"
    selector   = { app = var.app }
    port {
      port = 5432
    }
  }
}
