package io.jenkins.plugins.awssecrets.demo.contract;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@Tag(Peers.TAG)
@EnabledIfEnvironmentVariable(named = Peers.MOTO, matches = ".+", disabledReason = "moto does not run; see bin/peers")
class AssumeRoleMotoContractTest extends AssumeRoleContract {
    @Override
    AwsPeer start() {
        return new MotoAws(Peers.moto());
    }
}
