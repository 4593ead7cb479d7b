package io.jenkins.plugins.awssecrets.demo.contract;

class VaultWireDemoContractTest extends VaultWireContract {
    @Override
    VaultPeer start() {
        return new DemoVault();
    }
}
