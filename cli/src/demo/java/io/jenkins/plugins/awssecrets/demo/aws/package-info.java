/** What the AWS services share: AWS JSON 1.1, Signature Version 4, access keys and a simple IAM. */
package io.jenkins.plugins.awssecrets.demo.aws;
