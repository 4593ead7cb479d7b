# A role for the Jenkins controller that may read the parameters and secrets below a prefix, and nothing else.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "service" {
  description = "What gives the role to Jenkins: ec2.amazonaws.com, ecs-tasks.amazonaws.com or pods.eks.amazonaws.com; null with oidc_provider"
  type        = string
  default     = null
}

variable "oidc_provider" {
  description = "For IRSA: the cluster's OIDC issuer without https://"
  type        = string
  default     = null
}

variable "service_account" {
  description = "For IRSA: NAMESPACE:NAME of the controller's service account"
  type        = string
  default     = "jenkins:jenkins"
}

variable "prefix" {
  description = "Beginning of the names of parameters (after the first slash) and secrets"
  type        = string
  default     = "ci/"
}

data "aws_partition" "current" {}
data "aws_region" "current" {}
data "aws_caller_identity" "current" {}

locals {
  place = "${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}"
  arn   = "arn:${data.aws_partition.current.partition}"
}

data "aws_iam_policy_document" "trust" {
  dynamic "statement" {
    for_each = var.service == null ? [] : [var.service]
    content {
      actions = statement.value == "pods.eks.amazonaws.com" ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"]
      principals {
        type        = "Service"
        identifiers = [statement.value]
      }
    }
  }

  dynamic "statement" {
    for_each = var.oidc_provider == null ? [] : [var.oidc_provider]
    content {
      actions = ["sts:AssumeRoleWithWebIdentity"]
      principals {
        type        = "Federated"
        identifiers = ["${local.arn}:iam::${data.aws_caller_identity.current.account_id}:oidc-provider/${statement.value}"]
      }
      condition {
        test     = "StringEquals"
        variable = "${statement.value}:sub"
        values   = ["system:serviceaccount:${var.service_account}"]
      }
      condition {
        test     = "StringEquals"
        variable = "${statement.value}:aud"
        values   = ["sts.amazonaws.com"]
      }
    }
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    sid       = "ReadParameters"
    actions   = ["ssm:GetParameters"]
    resources = ["${local.arn}:ssm:${local.place}:parameter/${var.prefix}*"]
  }

  statement {
    sid       = "ReadSecrets"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["${local.arn}:secretsmanager:${local.place}:secret:${var.prefix}*"]
  }

  statement {
    sid       = "ReadSecretsInOneCall"
    actions   = ["secretsmanager:BatchGetSecretValue"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "jenkins" {
  name_prefix        = "jenkins-"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "read" {
  name   = "read-secrets"
  role   = aws_iam_role.jenkins.id
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_instance_profile" "jenkins" {
  count = var.service == "ec2.amazonaws.com" ? 1 : 0
  role  = aws_iam_role.jenkins.name
}

output "role_arn" {
  value = aws_iam_role.jenkins.arn
}
