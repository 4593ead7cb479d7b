package io.jenkins.plugins.awssecrets.demo.contract;

class SsmDemoContractTest extends SsmContract {
    @Override
    AwsPeer start() {
        return new DemoAws();
    }
}
