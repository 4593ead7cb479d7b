# What builds read as in Vault: a role for ID tokens of one folder, and a token role with which the controller makes tokens of
# builds. Use one of the two.

variable "jenkins_url" {
  description = "Address of Jenkins with https:// and without a slash at the end, which Vault can reach"
  type        = string
}

variable "folder" {
  description = "Folder whose jobs read the secrets of the same name"
  type        = string
  default     = "shop"
}

resource "vault_policy" "folder" {
  name   = "jenkins-${var.folder}"
  policy = <<-EOT
    path "secret/data/${var.folder}/*" { capabilities = ["read"] }
  EOT
}

# auth: {jwt: {role: "jenkins-${folder}", credentialsId: ..., perBuild: true}}
resource "vault_jwt_auth_backend" "jenkins" {
  path         = "jwt"
  jwks_url     = "${var.jenkins_url}/oidc/jwks"
  bound_issuer = "${var.jenkins_url}/oidc"
}

resource "vault_jwt_auth_backend_role" "folder" {
  backend           = vault_jwt_auth_backend.jenkins.path
  role_name         = "jenkins-${var.folder}"
  role_type         = "jwt"
  user_claim        = "sub"
  bound_audiences   = ["vault"]
  bound_claims_type = "glob"
  bound_claims      = { sub = "${var.jenkins_url}/job/${var.folder}/*" }
  token_policies    = [vault_policy.folder.name]
  token_ttl         = 3600
}

# perBuild: {policies: ["jenkins-${folder}"], ttl: 1h, tokenRole: jenkins}
resource "vault_token_auth_backend_role" "jenkins" {
  role_name             = "jenkins"
  allowed_policies_glob = ["jenkins-*"]
  orphan                = true
  renewable             = true
}

resource "vault_policy" "controller" {
  name   = "ci-controller"
  policy = <<-EOT
    path "auth/token/create/jenkins" { capabilities = ["update"] }
  EOT
}
