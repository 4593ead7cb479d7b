package io.jenkins.plugins.awssecrets.demo.contract;

class VaultDemoContractTest extends VaultContract {
    @Override
    VaultPeer start() {
        return new DemoVault();
    }
}
