package io.jenkins.plugins.awssecrets.demo.contract;

class VaultLeaseDemoContractTest extends VaultLeaseContract {
    @Override
    VaultPeer start() {
        return new DemoVault();
    }
}
