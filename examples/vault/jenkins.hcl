# What declared credentials need. The policy default allows the token to look itself up, to renew and to revoke itself.
path "secret/data/ci/*" {
  capabilities = ["read"]
}

# Dynamic secrets: the role, and ending their leases with the block.
path "database/creds/readonly" {
  capabilities = ["read"]
}

path "sys/leases/revoke" {
  capabilities = ["update"]
}
