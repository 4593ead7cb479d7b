# For discovery with the filter's pathPrefix secret/ci, beside jenkins.hcl.
path "secret/metadata/ci/" {
  capabilities = ["list"]
}

path "secret/metadata/ci/*" {
  capabilities = ["read", "list"]
}
