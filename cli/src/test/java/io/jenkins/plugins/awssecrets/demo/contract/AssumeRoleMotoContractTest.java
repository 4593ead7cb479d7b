package io.jenkins.plugins.awssecrets.demo.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.demo.Clients;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsLogin;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import io.jenkins.plugins.awssecrets.engine.source.ssm.SsmSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

@Tag(Peers.TAG)
@EnabledIfEnvironmentVariable(named = Peers.MOTO, matches = ".+", disabledReason = "moto does not run; see bin/peers")
class AssumeRoleMotoContractTest extends AssumeRoleContract {
    @Override
    AwsPeer start() {
        return new MotoAws(Peers.moto());
    }

    /** moto takes any token; it has no identity provider to ask. */
    @Test
    void aWebIdentityIsExchangedForASession(@TempDir Path folder) throws IOException {
        try (MotoAws moto = new MotoAws(Peers.moto());
                SsmClient admin = Clients.ssm(moto.ssm(), moto.admin())) {
            moto.close();
            String name = "/web/" + UUID.randomUUID();
            admin.putParameter(r -> r.name(name).value("parameter").type(ParameterType.STRING));
            Path token = Files.writeString(folder.resolve("token"), "made-up.web.token\n");
            AwsSettings settings = moto.settings(moto.ssm(), moto.admin())
                    .withLogin(new AwsLogin.WebIdentity(moto.readerRole(), token));
            Reading reading = new Reading(new SsmSource("ssm", settings, SourceFilter.NONE));

            assertThat(reading.text(name)).isEqualTo("parameter");
            reading.source().close();
        }
    }
}
