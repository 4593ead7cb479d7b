package io.jenkins.plugins.awssecrets.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens and keys of the environment go to the environment's addresses. */
class TrustTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "VAULT_ADDR", "https://vault.example:8200",
            "VAULT_TOKEN", "hvs.canary",
            "AWS_ENDPOINT_URL_SSM", "https://ssm.internal.example",
            "SECRET_ID", "canary");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{vault: {url: \"http://evil.example\"}}",
                "{vault: {url: \"https://vault.example:8201\"}}",
                "{vault: {url: \"http://vault.example:8200\"}}",
                "{vault: {url: \"https://vault.example.evil:8200\"}}",
                "{vault: {url: \"https://evil.example\", namespace: team}}",
            })
    void theEnvironmentsTokenGoesToItsAddressOnlyWhoeverNamedTheFile(String source) throws IOException {
        for (boolean named : new boolean[] {true, false}) {
            SecretException why = why(source, named, ENVIRONMENT).orElseThrow();

            assertThat(why.problem()).isEqualTo(Problem.REFUSED);
            assertThat(why.getMessage())
                    .contains("the token of the environment is for VAULT_ADDR (https://vault.example:8200)")
                    .doesNotContain("canary");
        }
    }

    @Test
    void withoutAnAddressInTheEnvironmentItsTokenGoesNowhere() throws IOException {
        assertThat(why("{vault: {url: \"https://vault.example:8200\"}}", true, Map.of("VAULT_TOKEN", "hvs.canary")))
                .hasValueSatisfying(e -> assertThat(e.getMessage()).contains("VAULT_ADDR, which is not set"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{vault: {}}",
                "{vault: {url: \"https://vault.example:8200\"}}",
                "{vault: {url: \"https://VAULT.example:8200/\"}}",
                "{vault: {url: \"${VAULT_ADDR}\", namespace: team}}",
                "{vault: {url: \"${VAULT_ADDR}\", auth: {appRole: {roleId: r, secretId: \"${SECRET_ID}\"}}}}",
                "{vault: {auth: {appRole: {roleId: r, secretIdFile: /run/secret-id}}}}",
                "{vault: {url: \"https://other.example\", auth: {appRole: {roleId: r, secretId: typed}}}}",
                "{ssm: {region: eu-west-1, profile: ci}}",
                "{ssm: {endpoint: \"https://vpce-1.ssm.eu-west-1.vpce.amazonaws.com\"}}",
                "{ssm: {endpoint: \"https://ssm.internal.example\"}}",
                "{ssm: {endpoint: \"http://localhost:4566\"}}",
                "{ssm: {endpoint: \"http://evil.example\", accessKeyId: typed, secretAccessKey: typed}}",
                "{ssm: {proxy: {host: proxy.example, port: 3128}}}",
            })
    void aFileThatWasFoundMayDoThis(String source) throws IOException {
        assertThat(why(source, false, ENVIRONMENT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{vault: {url: \"http://evil.example/${SECRET_ID}\", auth: {token: {token: t}}}}",
                "{vault: {url: \"http://evil.example\", auth: {token: {token: \"${VAULT_TOKEN}\"}}}}",
                "{vault: {url: \"http://evil.example\", auth: {token: {tokenFile: /home/me/.vault-token}}}}",
                "{vault: {url: \"http://evil.example\", auth: {appRole: {roleId: r, secretIdFile: /run/secret-id}}}}",
                "{vault: {url: \"http://evil.example\", auth: {userPass: {username: \"${SECRET_ID}\", password: p}}}}",
                "{vault: {url: \"http://evil.example\", auth: {jwt: {jwtFile: /run/jwt}}}}",
                "{vault: {url: \"http://evil.example\", auth: {kubernetes: {role: r}}}}",
                "{vault: {url: \"http://evil.example\", auth: {awsIam: {serverId: vault.example}}}}",
                "{vault: {url: \"https://evil.example\", auth: {certificate: {}}, clientCertificate: {certificateFile:"
                        + " /c, privateKeyFile: /k}}}",
                "{vault: {proxy: {host: evil.example, port: 80}, auth: {token: {token: \"${VAULT_TOKEN}\"}}}}",
                "{vault: {proxy: {host: evil.example, port: 80}}}",
                "{vault: {caCertificateFile: ca.pem}}",
                "{vault: {caCertificateFile: ca.pem, auth: {appRole: {roleId: r, secretIdFile: /run/secret-id}}}}",
                "{ssm: {endpoint: \"http://evil.example\"}}",
                "{ssm: {endpoint: \"https://ssm.eu-west-1.amazonaws.com.evil.example\"}}",
                "{ssm: {endpoint: \"http://ssm.eu-west-1.amazonaws.com\"}}",
                "{ssm: {stsEndpoint: \"http://evil.example\", webIdentity: {roleArn: r, tokenFile: /t}}}",
                "{ssm: {endpoint: \"http://evil.example\", profile: prod}}",
                "{ssm: {endpoint: \"http://evil.example\", accessKeyId: \"${SECRET_ID}\", secretAccessKey: x}}",
                "{ssm: {proxy: {host: evil.example, port: 80, user: \"${SECRET_ID}\", password: p}}}",
            })
    void aFileThatWasFoundMayNotDoThisAndANamedOneMay(String source) throws IOException {
        assertThat(why(source, false, ENVIRONMENT)).as(source).hasValueSatisfying(e -> assertThat(e.getMessage())
                .contains("the file was found and not named")
                .doesNotContain("canary"));
        assertThat(why(source, true, ENVIRONMENT)).as(source).isEmpty();
    }

    private Optional<SecretException> why(String source, boolean named, Map<String, String> environment)
            throws IOException {
        Path file = Files.writeString(directory.resolve("aws-secrets.yaml"), "sources: [" + source + "]\n");
        Configuration read =
                new ConfigurationReader(environment).read(new ConfigurationFile(Optional.of(file), named, "file"));
        SourceSpec spec = read.sources().get(source.startsWith("{ssm") ? "ssm" : "vault");
        return spec instanceof SourceSpec.Unset unset
                ? Optional.of(unset.why())
                : spec instanceof SourceSpec.Vault vault ? vault.withheld() : Optional.empty();
    }
}
