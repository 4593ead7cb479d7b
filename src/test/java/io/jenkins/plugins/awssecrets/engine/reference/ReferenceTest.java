package io.jenkins.plugins.awssecrets.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.source.Locator;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceTest {
    private static final Optional<String> NONE = Optional.empty();

    static Stream<Arguments> good() {
        return Stream.of(
                arguments("ssm:/ci/docker/username", SourceKind.SSM, "ssm", "/ci/docker/username", NONE, NONE),
                arguments("ssm:plain", SourceKind.SSM, "ssm", "plain", NONE, NONE),
                arguments("ssm:/ci/a?version=3", SourceKind.SSM, "ssm", "/ci/a", Optional.of("3"), NONE),
                arguments("ssm:/ci/a?version=prod.1", SourceKind.SSM, "ssm", "/ci/a", Optional.of("prod.1"), NONE),
                arguments(
                        "ssm:/aws/reference/secretsmanager/ci/a@b+c=d?version=AWSPREVIOUS#key",
                        SourceKind.SSM,
                        "ssm",
                        "/aws/reference/secretsmanager/ci/a@b+c=d",
                        Optional.of("AWSPREVIOUS"),
                        Optional.of("key")),
                arguments("ssm:/ci/a#key", SourceKind.SSM, "ssm", "/ci/a", NONE, Optional.of("key")),
                arguments(
                        "ssm:arn:aws:ssm:eu-west-1:123456789012:parameter/ci/a",
                        SourceKind.SSM,
                        "ssm",
                        "arn:aws:ssm:eu-west-1:123456789012:parameter/ci/a",
                        NONE,
                        NONE),
                arguments("sm:ci/docker#password", SourceKind.SECRETS_MANAGER, "sm", "ci/docker", NONE, of("password")),
                arguments(
                        "sm:prod/orders?version=AWSPREVIOUS#/db/password",
                        SourceKind.SECRETS_MANAGER,
                        "sm",
                        "prod/orders",
                        of("AWSPREVIOUS"),
                        of("/db/password")),
                arguments(
                        "sm:arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:ci/docker-AbCdEf",
                        SourceKind.SECRETS_MANAGER,
                        "sm",
                        "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:ci/docker-AbCdEf",
                        NONE,
                        NONE),
                arguments("sm:a_b+c=d.e@f-g", SourceKind.SECRETS_MANAGER, "sm", "a_b+c=d.e@f-g", NONE, NONE),
                arguments(
                        "sm:rds!cluster-0a1b#password",
                        SourceKind.SECRETS_MANAGER,
                        "sm",
                        "rds!cluster-0a1b",
                        NONE,
                        of("password")),
                arguments("sm:x#caf%C3%A9", SourceKind.SECRETS_MANAGER, "sm", "x", NONE, of("café")),
                arguments("sm:x#a%23b%25", SourceKind.SECRETS_MANAGER, "sm", "x", NONE, of("a#b%")),
                arguments("sm:x#what?", SourceKind.SECRETS_MANAGER, "sm", "x", NONE, of("what?")),
                arguments("sm:x#/a~1b/m~0n/0", SourceKind.SECRETS_MANAGER, "sm", "x", NONE, of("/a~1b/m~0n/0")),
                arguments("sm:x#a~b", SourceKind.SECRETS_MANAGER, "sm", "x", NONE, of("a~b")),
                arguments(
                        "vault:secret/ci/db#password", SourceKind.VAULT, "vault", "secret/ci/db", NONE, of("password")),
                arguments("vault:secret/ci/db?version=2", SourceKind.VAULT, "vault", "secret/ci/db", of("2"), NONE),
                arguments("vault:kv/database", SourceKind.VAULT, "vault", "kv/database", NONE, NONE),
                arguments("vault:secret/a%20b%3Fc", SourceKind.VAULT, "vault", "secret/a b?c", NONE, NONE),
                arguments("vault:a/b:c", SourceKind.VAULT, "vault", "a/b:c", NONE, NONE),
                arguments("team-1.eu+x:secret/a", SourceKind.VAULT, "team-1.eu+x", "secret/a", NONE, NONE));
    }

    @ParameterizedTest
    @MethodSource("good")
    void aReferenceIsSplitAndDecoded(
            String text,
            SourceKind kind,
            String source,
            String name,
            Optional<String> version,
            Optional<String> field) {
        Reference reference = Reference.parse(text).checkFor(kind);

        assertThat(reference).isEqualTo(new Reference(source, name, version, field));
        assertThat(Reference.parse(reference.toString())).isEqualTo(reference);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments("", 1, "<source>:<name>"),
                arguments(":x", 1, "a source id"),
                arguments("1sm:x", 1, "a source id"),
                arguments("-sm:x", 1, "a source id"),
                arguments("s m:x", 2, "a source id"),
                arguments("s_m:x", 2, "a source id"),
                arguments("sé:x", 2, "a source id"),
                arguments("ci/docker", 3, "then a colon"),
                arguments("sm", 3, "a colon between source and name"),
                arguments("sm:", 4, "a name after the colon"),
                arguments("sm:?version=1", 4, "a name after the colon"),
                arguments("sm:#password", 4, "a name after the colon"),
                arguments("sm:a b", 5, "%20"),
                arguments("sm: a", 4, "%20"),
                arguments("sm:a\tb", 5, "percent-encoding"),
                arguments("sm:a\nb", 5, "percent-encoding"),
                arguments("sm:caf\u00e9", 7, "percent-encoding"),
                arguments("sm:a\"b", 5, "percent-encoding"),
                arguments("sm:a<b", 5, "percent-encoding"),
                arguments("sm:a\\b", 5, "percent-encoding"),
                arguments("sm:a^b", 5, "percent-encoding"),
                arguments("sm:{a}", 4, "percent-encoding"),
                arguments("sm:a%", 5, "%25"),
                arguments("sm:a%2", 5, "%25"),
                arguments("sm:a%zz", 5, "%25"),
                arguments("sm:a#b%4", 7, "%25"),
                arguments("sm:a%00b", 5, "printable characters"),
                arguments("sm:a%0Ab", 5, "printable characters"),
                arguments("sm:a%7F", 5, "printable characters"),
                arguments("sm:a%C3", 5, "UTF-8"),
                arguments("sm:a%FF%FE", 5, "UTF-8"),
                arguments("sm:a?", 6, "version=<v>"),
                arguments("sm:a?stage=x", 6, "version=<v>"),
                arguments("sm:a?Version=x", 6, "version=<v>"),
                arguments("sm:a?version", 6, "version=<v>"),
                arguments("sm:a?version=", 14, "a version after"),
                arguments("sm:a?version=#b", 14, "a version after"),
                arguments("sm:a#b?version=1", 7, "?version=<v> before the '#'"),
                arguments("sm:a#?version=AWSPREVIOUS", 6, "?version=<v> before the '#'"),
                arguments("vault:a/b#/c/d?version=2", 15, "?version=<v> before the '#'"),
                arguments("sm:a#b[c]", 7, "a JSON pointer for what is deeper"),
                arguments("sm:a#$.list[0].x", 12, "a JSON pointer for what is deeper"),
                arguments("sm:a#['b']", 6, "a JSON pointer for what is deeper"),
                arguments(" sm:a", 1, "without quotes and blanks"),
                arguments("\tsm:a", 1, "without quotes and blanks"),
                arguments("\"sm:a\"", 1, "without quotes and blanks"),
                arguments("'sm:a'", 1, "without quotes and blanks"),
                arguments("sm:a ", 5, "%20"),
                arguments("sm:a?versionStage=AWSPREVIOUS", 6, "version=<v>"),
                arguments("sm:a?version-id=1", 6, "version=<v>"),
                arguments("op://vault/item/field?version=", 31, "a version after"),
                arguments("sm:a?version=1&x=2", 15, "one version and nothing else"),
                arguments("sm:a?version=1?version=2", 15, "one version and nothing else"),
                arguments("sm:a#", 6, "after '#'"),
                arguments("sm:a#b#c", 7, "%23"),
                arguments("sm:a#/b~2", 8, "~0 for '~'"),
                arguments("sm:a#/b~", 8, "~0 for '~'"),
                arguments("sm:a#/b~0/c~", 12, "~0 for '~'"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedReferenceIsToldByPositionAndExpectation(String text, int position, String expected) {
        assertThatThrownBy(() -> Reference.parse(text))
                .isInstanceOfSatisfying(MalformedReferenceException.class, e -> assertMalformed(e, position, expected));
    }

    static Stream<Arguments> againstTheBackendsRules() {
        String longest = "a".repeat(512);
        return Stream.of(
                arguments(SourceKind.SSM, "ssm:ci/docker", 5, "'/' before the first part"),
                arguments(SourceKind.SSM, "ssm:/ci//docker", 9, "a name between two '/'"),
                arguments(SourceKind.SSM, "ssm:/ci/", 9, "a name between two '/'"),
                arguments(SourceKind.SSM, "ssm:/", 6, "a name between two '/'"),
                arguments(SourceKind.SSM, "ssm:/ci/a:3", 10, "?version=<number or label>"),
                arguments(SourceKind.SSM, "ssm:/ci/a+b", 10, "letters, digits and _ . - /"),
                arguments(SourceKind.SSM, "ssm:/ci/a%20b", 10, "letters, digits and _ . - /"),
                arguments(SourceKind.SSM, "ssm:arn:aws:ssm:eu-west-1:12:parameter/a", 5, "arn:<partition>:ssm"),
                arguments(SourceKind.SSM, "ssm:/" + "a".repeat(1011), 1016, "at most 1011"),
                arguments(SourceKind.SSM, "ssm:/ci/a?version=0", 19, "a number from 1"),
                arguments(SourceKind.SSM, "ssm:/ci/a?version=1a", 19, "a number from 1"),
                arguments(SourceKind.SSM, "ssm:/ci/a?version=aws-x", 19, "not beginning with"),
                arguments(SourceKind.SSM, "ssm:/ci/a?version=a:b", 19, "a label"),
                arguments(SourceKind.SECRETS_MANAGER, "sm:ci/do:cker", 9, "letters, digits and / _ + = . @ -"),
                arguments(SourceKind.SECRETS_MANAGER, "sm:ci/caf%C3%A9", 10, "letters, digits"),
                arguments(SourceKind.SECRETS_MANAGER, "sm:" + longest + "b", 516, "at most 512"),
                arguments(SourceKind.SECRETS_MANAGER, "sm:arn:aws:ssm:eu-west-1:123456789012:parameter/a", 4, "arn:"),
                arguments(SourceKind.SECRETS_MANAGER, "sm:a?version=" + "v".repeat(257), 14, "a stage"),
                arguments(SourceKind.VAULT, "vault:/secret/ci", 7, "mount/path"),
                arguments(SourceKind.VAULT, "vault:secret", 13, "mount/path"),
                arguments(SourceKind.VAULT, "vault:secret/", 14, "a name between two '/'"),
                arguments(SourceKind.VAULT, "vault:secret//a", 14, "a name between two '/'"),
                arguments(SourceKind.VAULT, "vault:secret/../sys/seal", 14, "without . and .."),
                arguments(SourceKind.VAULT, "vault:./a", 7, "without . and .."),
                arguments(SourceKind.VAULT, "vault:secret/data/ci", 14, "without data/"),
                arguments(SourceKind.VAULT, "vault:secret/ci?version=latest", 25, "a number from 1"),
                arguments(SourceKind.VAULT, "vault:secret/ci?version=0", 25, "a number from 1"));
    }

    @ParameterizedTest
    @MethodSource
    void againstTheBackendsRules(SourceKind kind, String text, int position, String expected) {
        Reference reference = Reference.parse(text);

        assertThatThrownBy(() -> reference.checkFor(kind))
                .isInstanceOfSatisfying(MalformedReferenceException.class, e -> assertMalformed(e, position, expected));
    }

    static Stream<Arguments> foreign() {
        String secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-AbCdEf";
        String parameter = "arn:aws:ssm:eu-west-1:123456789012:parameter/p";
        String id = "01234567-89ab-cdef-0123-456789abcdef";
        SourceKind sm = SourceKind.SECRETS_MANAGER;
        return Stream.of(
                arguments(sm, "sm:" + secret + ":API_KEY::", "sm:" + secret + "#API_KEY"),
                arguments(sm, "sm:" + secret + ":API_KEY", "sm:" + secret + "#API_KEY"),
                arguments(
                        sm, "sm:" + secret + ":API_KEY:AWSPREVIOUS:", "sm:" + secret + "?version=AWSPREVIOUS#API_KEY"),
                arguments(sm, "sm:" + secret + "::AWSPREVIOUS:", "sm:" + secret + "?version=AWSPREVIOUS"),
                arguments(sm, "sm:" + secret + ":::" + id, "sm:" + secret + "?version=" + id),
                arguments(sm, "sm:app/db:password", "sm:app/db#password"),
                arguments(sm, "sm:app/db:SecretString:password", "sm:app/db#password"),
                arguments(sm, "sm:app/db:SecretString:password:AWSPENDING", "sm:app/db?version=AWSPENDING#password"),
                arguments(sm, "sm://app/db#password", "sm:app/db#password"),
                arguments(SourceKind.SSM, "ssm:" + parameter + ":3", "ssm:" + parameter + "?version=3"),
                arguments(SourceKind.SSM, "ssm:/ci/a:3", "ssm:/ci/a?version=3"),
                arguments(SourceKind.SSM, "ssm:/ci/a:live#user", "ssm:/ci/a?version=live#user"),
                arguments(SourceKind.SSM, "ssm://ci/a", "ssm:/ci/a"),
                arguments(SourceKind.SSM, "ssm:///ci/a", "ssm:/ci/a"),
                arguments(SourceKind.SSM, "ssm:ci/a#k", "ssm:/ci/a#k"),
                arguments(SourceKind.SSM, "ssm:" + parameter + ":live", "ssm:" + parameter + "?version=live"),
                arguments(
                        SourceKind.SSM,
                        "ssm:/aws/reference/secretsmanager/app/db:AWSPREVIOUS",
                        "ssm:/aws/reference/secretsmanager/app/db?version=AWSPREVIOUS"),
                arguments(SourceKind.SSM, parameter, "ssm:" + parameter),
                arguments(SourceKind.SSM, parameter + ":3", "ssm:" + parameter + "?version=3"),
                arguments(sm, "sm:///app/db", "sm:app/db"),
                arguments(
                        sm,
                        "{{resolve:secretsmanager:" + secret + ":SecretString:password}}",
                        "sm:" + secret + "#password"),
                arguments(SourceKind.SSM, "{{resolve:ssm-secure:/ci/a:3}}", "ssm:/ci/a?version=3"),
                arguments(SourceKind.VAULT, "vault:v1/secret/metadata/ci/db", "vault:secret/ci/db"),
                arguments(SourceKind.VAULT, "vault:///secret/ci/db", "vault:secret/ci/db"),
                arguments(SourceKind.SSM, "ssm:ci/a", "ssm:/ci/a"),
                arguments(SourceKind.VAULT, "vault:v1/secret/data/ci/db#password", "vault:secret/ci/db#password"),
                arguments(SourceKind.VAULT, "vault:v1/database/creds/ro#username", "vault:database/creds/ro#username"),
                arguments(SourceKind.VAULT, "vault:/v1/secret/data/ci/db", "vault:secret/ci/db"),
                arguments(SourceKind.VAULT, "vault:https://v:8200/v1/secret/data/ci/db#k", "vault:secret/ci/db#k"),
                arguments(SourceKind.VAULT, "vault://secret/ci/db#k", "vault:secret/ci/db#k"),
                arguments(SourceKind.VAULT, "vault:/secret/ci/db", "vault:secret/ci/db"),
                arguments(SourceKind.VAULT, "vault:secret/data/ci/db?version=2#k", "vault:secret/ci/db?version=2#k"),
                arguments(sm, "{{resolve:secretsmanager:app/db:SecretString:password}}", "sm:app/db#password"),
                arguments(SourceKind.SSM, "{{resolve:ssm:/ci/a:3}}", "ssm:/ci/a?version=3"),
                arguments(sm, secret, "sm:" + secret),
                arguments(sm, secret + ":API_KEY::", "sm:" + secret + "#API_KEY"));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void whatOtherToolsWriteIsRefusedWithTheReferenceThatIsMeant(SourceKind kind, String text, String meant) {
        assertThatThrownBy(() -> Reference.parse(text).checkFor(kind))
                .isInstanceOfSatisfying(MalformedReferenceException.class, e -> {
                    assertThat(e.expected()).startsWith(meant);
                    assertThat(e.expected().substring(meant.length())).matches("| \\(.*\\)");
                    assertThat(e.position()).isBetween(1, text.length() + 1);
                });
        assertThat(Reference.parse(meant).checkFor(kind)).hasToString(meant);
    }

    @Test
    void aFolderThatIsNamedDataIsWrittenEncoded() {
        Reference folder = Reference.parse("vault:secret/%64ata/db#k").checkFor(SourceKind.VAULT);

        assertThat(folder.name()).isEqualTo("secret/data/db");
        assertThat(folder).hasToString("vault:secret/%64ata/db#k");
        assertThat(Reference.parse(folder.toString())).isEqualTo(folder);
        assertThat(Reference.of("vault", "secret/data/db", Optional.empty())).hasToString("vault:secret/%64ata/db");
        assertThat(Reference.parse("vault:secret/ci/data/db").checkFor(SourceKind.VAULT))
                .hasToString("vault:secret/ci/data/db");
    }

    @Test
    void whatWasTypedIsNeverRepeated() {
        for (String secret :
                new String[] {"hunter2-canary", "hunter2:\"canary\"", "hunter2 canary", "%hunter2-canary"}) {
            assertThatThrownBy(() -> Reference.parse(secret).checkFor(SourceKind.VAULT))
                    .isInstanceOf(MalformedReferenceException.class)
                    .message()
                    .doesNotContain("hunter2", "canary");
        }
    }

    @Test
    void referencesThatDifferInTheirFieldShareARead() {
        assertThat(Reference.parse("sm:a?version=v#x").locator())
                .isEqualTo(Reference.parse("sm:a?version=v#y").locator())
                .isEqualTo(new Locator("sm", "a", Optional.of("v")));
    }

    @Test
    void aTextBelongsToASourceByItsIdAndColon() {
        assertThat(Reference.startsWithSource("sm:x", "sm")).isTrue();
        assertThat(Reference.startsWithSource("smx", "sm")).isFalse();
        assertThat(Reference.startsWithSource("https://sm:x", "sm")).isFalse();
    }

    private static void assertMalformed(MalformedReferenceException e, int position, String expected) {
        assertThat(e.problem()).isEqualTo(Problem.MALFORMED);
        assertThat(e.position()).as(e.getMessage()).isEqualTo(position);
        assertThat(e.getMessage()).contains("position " + position + ": ").contains(e.expected());
        assertThat(e.expected()).contains(expected);
    }

    private static Optional<String> of(String text) {
        return Optional.of(text);
    }
}
