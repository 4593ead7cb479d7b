package io.jenkins.plugins.awssecrets.engine.masking.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/masking.md lists under members that are plainly no secrets. */
class PlainValuesTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "host, orders.cluster-cx7k2m9q.eu-central-1.rds.amazonaws.com",
                "x, db.example.com:5432",
                "endpoint, orders-db",
                "server, 10.0.12.7:6443",
                "address, 2001:db8::17",
                "x, 10.0.12.7",
                "engine, aurora-postgresql",
                "x, oracle-se2",
                "awsRegion, eu-west-1",
                "x, us-gov-east-1",
                "x, arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/orders-AbCdEf",
                "masterArn, arn:aws:rds:eu-west-1:123456789012:cluster:orders",
                "jdbcUrl, jdbc:postgresql://orders.db.example.com:5432/shop?sslmode=require",
                "url, https://sonar.example.com/",
                "repo, https://git.example.com/team/orders-service.git",
                "dbname, OrdersDb2",
                "dbInstanceIdentifier, orders-prod",
                "DB_NAME, orders_v2",
                "environment, production",
                "x, production",
                "registry, registry.example.com:5000/team",
                "account, 123456789012",
                "version, 15.4",
                "rotated, 2026-10-15T03:00:00Z",
                "mode, verify-full",
                "token_uri, https://oauth2.googleapis.com/token",
                "kmsKeyArn, arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-0000-4000-8000-000000000001"
            })
    void whatReadsLikeNoSecretIsShown(String name, String value) {
        assertThat(PlainValues.isPlain(name, value)).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "password, production",
                "dbPassword, orders",
                "DB_PASSWD, postgres",
                "passphrase, main",
                "api_key, eu-west-1",
                "signingKey, db.example.com",
                "token, orders",
                "authToken, 10.0.12.7",
                "value, production",
                "pin, 123456",
                "token_uri, orders",
                "webhookUrl, https://hooks.example.com/services/made-up",
                "otpSeed, orders",
                "webhook, https://hooks.example.com/services/made-up",
                "connectionString, orders.db.example.com",
                "x, correct-horse-battery",
                "x, correct.horse.battery.staple",
                "x, wonderland",
                "alice, changeme",
                "username, orders_app",
                "user_name, bob17x",
                "x, 12345678",
                "url, https://ci:s3cr3t@git.example.com/team/app.git",
                "url, https://ghp_Zk81TnQw3LrXv6MdYbE5sHfJ7uCaPi20GtVo@github.com/team/app.git",
                "url, https://hooks.example.com/services/T00000000/B00000000/m4deUp0TokenOf24Letter5x",
                "url, https://files.example.com/report?sig=abcdef",
                "url, https://files.example.com/report?access_token=abcdef",
                "url, https://discord.example/api/webhooks/123456789012345678/Zk81TnQw3LrXv6MdYbE5",
                "jdbcUrl, jdbc:sqlserver://db.example.com;user=app;password=Rk5x",
                "jdbcUrl, jdbc:postgresql://db.example.com/shop?user=app&password=Rk5x",
                "database, q7VdRzuT2kLw9HsXbE4mNcJ0pYfA6gOiKt1D",
                "role, 3f9ab0c1-77de-4b1e-9d3c-5a6f0b1c2d3e",
                "name, Tr0ub4dor&3"
            })
    void whateverElseMayBeASecret(String name, String value) {
        assertThat(PlainValues.isPlain(name, value)).isFalse();
    }

    @Test
    void noTextTakesLongToTell() {
        for (String text :
                new String[] {"Ab-".repeat(99) + "!!", "a.".repeat(149) + "!", "h://" + "a/".repeat(140) + "%"}) {
            Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
                for (int i = 0; i < 100; i++) {
                    assertThat(PlainValues.isPlain("host", text)).isFalse();
                }
            });
        }
    }
}
