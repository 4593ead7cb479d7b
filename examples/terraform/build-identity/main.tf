# What builds read as: a role that the controller assumes for each build, with session tags, and a role for ID tokens of one
# folder. Both read what the folder of the job is called.

variable "controller_role_arn" {
  description = "Role of the Jenkins controller; needs sts:AssumeRole and sts:TagSession on the role jenkins-build"
  type        = string
}

variable "jenkins_url" {
  description = "Address of Jenkins without https:// and without a slash at the end; empty without the plugin OpenID Connect Provider"
  type        = string
  default     = ""
}

variable "folder" {
  description = "Folder that may assume the role for ID tokens"
  type        = string
  default     = "shop"
}

data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  issuer  = "${var.jenkins_url}/oidc"
  oidc    = var.jenkins_url == "" ? 0 : 1
}

resource "aws_iam_role" "build" {
  name = "jenkins-build"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Principal = { AWS = var.controller_role_arn }
    }]
  })
}

resource "aws_iam_role_policy" "build" {
  name = "own-folder"
  role = aws_iam_role.build.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = "arn:aws:secretsmanager:*:${local.account}:secret:$${aws:PrincipalTag/jenkins-folder}/*"
      },
      {
        Effect   = "Allow"
        Action   = "ssm:GetParameters"
        Resource = "arn:aws:ssm:*:${local.account}:parameter/$${aws:PrincipalTag/jenkins-folder}/*"
      },
    ]
  })
}

resource "aws_iam_openid_connect_provider" "jenkins" {
  count          = local.oidc
  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "folder" {
  count = local.oidc
  name  = "jenkins-${var.folder}"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.jenkins[0].arn }
      Condition = {
        StringEquals = { "${local.issuer}:aud" = "sts.amazonaws.com" }
        StringLike   = { "${local.issuer}:sub" = "https://${var.jenkins_url}/job/${var.folder}/*" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "folder" {
  count = local.oidc
  name  = "own-folder"
  role  = aws_iam_role.folder[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = "arn:aws:secretsmanager:*:${local.account}:secret:${var.folder}/*"
      },
      {
        Effect   = "Allow"
        Action   = "ssm:GetParameters"
        Resource = "arn:aws:ssm:*:${local.account}:parameter/${var.folder}/*"
      },
    ]
  })
}

output "build_role_arn" {
  description = "roleArn of assumeRole with perBuild and tags"
  value       = aws_iam_role.build.arn
}

output "folder_role_arn" {
  description = "roleArn of webIdentity"
  value       = one(aws_iam_role.folder[*].arn)
}
