package io.jenkins.plugins.awssecrets.demo.contract;

class AssumeRoleDemoContractTest extends AssumeRoleContract {
    @Override
    AwsPeer start() {
        return new DemoAws();
    }
}
