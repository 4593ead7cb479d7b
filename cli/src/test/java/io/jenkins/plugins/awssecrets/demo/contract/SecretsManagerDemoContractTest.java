package io.jenkins.plugins.awssecrets.demo.contract;

class SecretsManagerDemoContractTest extends SecretsManagerContract {
    @Override
    AwsPeer start() {
        return new DemoAws();
    }
}
