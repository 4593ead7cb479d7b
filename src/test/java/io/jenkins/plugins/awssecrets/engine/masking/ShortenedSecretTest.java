package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import io.jenkins.plugins.awssecrets.engine.keys.StoredKeys;
import io.jenkins.plugins.awssecrets.engine.keys.TestKeys;
import io.jenkins.plugins.awssecrets.engine.masking.search.LengthTier;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools cut what is long, and show one end of it, or the middle. */
class ShortenedSecretTest {
    private static final String TOKEN = "ghp_Wd93KqT7xLmPz4RtVb8YcNfGh3JwKa5Ue6Rs";
    private static final String PASSWORD = "W4%j\"z'K\\m$p&Xb<v>9?y#c 8@d:2/Lq";
    private static final String JWT = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9."
            + "eyJpc3MiOiJodHRwczovL2lkLm5vcmQuZXhhbXBsZSIsInN1YiI6ImNpLTcifQ.WlmZCtNFuISt6FdXDBYleOcGCdk9IXD7Fi16j";

    @ParameterizedTest
    @ValueSource(strings = {TOKEN, "q7Vd/Rz+uT2kLw9/HsXbE4mN+cJ0pYfA6gOiKt1D", "7c1e9b40d2fa8356e07b4d19c3a5f862"})
    void twentyFourCharactersOfATokenInARowAreNotShownWhole(String token) {
        Masker masker = masker(token);
        for (int from = 0; from + 24 <= token.length(); from++) {
            String part = token.substring(from, from + 24);

            assertThat(masker.mask("token=" + part + "… is wrong")).as(part).contains("****");
        }
    }

    @Test
    void twentyAtAnEndOfATokenAreHidden() {
        assertThat(masker(TOKEN).mask("[" + TOKEN.substring(0, 20) + "...]")).isEqualTo("[****...]");
        assertThat(masker(TOKEN).mask("[..." + TOKEN.substring(20) + "]")).isEqualTo("[...****]");
    }

    @Test
    void aLineOfAKeyThatIsBrokenAnewIsNotShownWhole() {
        String pem = new LongSecrets(3).pem();
        Masker masker = masker(pem);
        String body = pem.replaceAll("-----.*", "").replace("\n", "").substring(64);
        for (int from = body.length() / 3; from + 120 <= body.length(); from += 7) {
            String part = body.substring(from, from + 120);

            assertThat(masker.mask("| " + part + " |")).isNotEqualTo("| " + part + " |");
        }
    }

    @Test
    void whatAllTokensAndKeysBeginWithIsShown() {
        String pem = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ"
                + new LongSecrets(4).pem().replaceAll("-----.*|\n", "").substring(64)
                + "\n-----END PRIVATE KEY-----\n";
        String log = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.e30.x LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JSUV2UUlCQURBTg"
                + " MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ";
        String encoded = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));

        assertThat(masker(JWT, pem, encoded).mask(log)).isEqualTo(log);
    }

    @Test
    void aCertificateIsNotHiddenInParts() {
        String certificate = Base64.getEncoder()
                .encodeToString(new LongSecrets(5)
                        .pem()
                        .replace("PRIVATE KEY", "CERTIFICATE")
                        .getBytes(StandardCharsets.US_ASCII));
        String log = "ca: " + certificate.substring(200, 260);

        assertThat(masker(certificate).mask(log)).isEqualTo(log);
    }

    /** Wherever in a file's base64 it stands: a certificate holds it behind names of any length. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPublicKeyIsNotHiddenInParts(boolean encoded) {
        KeyPair rsa = TestKeys.rsa();
        KeyPair ec = TestKeys.ec("secp256r1");
        KeyPair ed25519 = TestKeys.ed25519();
        List<String> logs = new ArrayList<>();
        for (KeyPair pair : List.of(rsa, ec, ed25519)) {
            for (int before = 0; before < 3; before++) {
                byte[] key = pair.getPublic().getEncoded();
                byte[] file = new byte[before + key.length];
                System.arraycopy(key, 0, file, before, key.length);
                logs.add(Base64.getEncoder().encodeToString(file));
                logs.add(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(file));
            }
        }
        StoredKeys.formats(rsa, ec, ed25519).forEach((format, key) -> {
            // In one line, since each line of a key is hidden alone, whatever it holds.
            String line = key.replaceAll("(?<=[A-Za-z0-9+/]{60})\n(?=[A-Za-z0-9+/=]+\n)", "");
            Masker masker = masker(encoded ? TestKeys.base64(key) : line);
            logs.forEach(log -> assertThat(masker.mask(log)).as(format).isEqualTo(log));
        });
    }

    @Test
    void aKeyThatWasCutAnywhereIsASecretToo() {
        String key = TestKeys.traditional(TestKeys.ec("secp256r1"));
        String body = key.replaceAll("-----.*|\n", "");
        for (int length = 3; length <= body.length(); length++) {
            for (String cut : List.of(body.substring(0, length), "MH..CAQEE" + body.substring(0, length))) {
                String encoded = TestKeys.base64("-----BEGIN EC PRIVATE KEY-----\n" + cut);

                assertThat(masker(cut).mask(cut)).isEqualTo("****");
                assertThat(masker(encoded).mask(encoded)).isEqualTo("****");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Trout-kettle-Mosaic-lantern-92-Quiver",
                "deployment/orders-v2/Production/replicas",
                "AAAAAAAAAAAAA0bAAAAAAAAAAAAAAA"
            })
    void wordsThatAPassphraseIsMadeOfAreShown(String secret) {
        Masker masker = masker(secret);
        for (int from = 1; from + 22 <= secret.length() - 1; from++) {
            String part = secret.substring(from, from + 22);

            assertThat(masker.mask(part)).isEqualTo(part);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`Unexpected token 'X', \"Xp7&dN\"k3\\\"... is not valid JSON`, `Unexpected ****\"... is not valid"
                        + " JSON`",
                "`{\"a\": \"Xp7&dN\\\"k3\\\\mT$w9`, `{\"a\": \"****9`",
                "`mT$w_Hb5R, k3_mT$w9Hb5R`, `mT$w_Hb5R, k****`"
            })
    void tenCharactersOfAShortPasswordFullOfPunctuationAreHidden(String log, String masked) {
        assertThat(masker("Xp7&dN\"k3\\mT$w9Hb5R").mask(log)).isEqualTo(masked);
    }

    /** Messages of V8, jq and Python, for values of any kind. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`Unexpected token 'g', \"ghp_Wd93Kq\"... is not valid JSON`, `Unexpected token 'g', \"**** valid"
                        + " JSON`",
                "`Unexpected token 'g', ...\"rd\": ghp_Wd93Kq\"... is not valid JSON`, `Unexpected token 'g',"
                        + " ...\"rd\": **** valid JSON`",
                "`jq: error: string (\"ghp_Wd93Kq...) has no keys`, `jq: error: **** has no keys`",
                "`KeyError('ghp_Wd93KqT7...Gh3JwKa5Ue6Rs')`, `KeyError('****')`",
                "`jq: error: string (\"W4%j\\\"z'K\\...) has no keys`, `jq: error: **** has no keys`",
                "`Unexpected token 'W', \"{\"p\":W4%j\"z'K\\m\"... is not valid JSON`, `Unexpected token 'W',"
                        + " \"{\"p\":****\"... is not valid JSON`",
                "`Unexpected token 'W', \"W4%jxzxKxm\"... is not valid JSON`, `Unexpected token 'W',"
                        + " \"W4%jxzxKxm\"... is not valid JSON`"
            })
    void whatAMessageQuotesOfAValueIsHidden(String log, String masked) {
        assertThat(masker(TOKEN, PASSWORD).mask(log)).isEqualTo(masked);
    }

    /** What all of their kind begin with. */
    @ParameterizedTest
    @ValueSource(strings = {"eyJhbGciOi", "-----BEGIN", "https://ci"})
    void whatAMessageQuotesOfAPublicBeginIsShown(String begin) {
        String log = "\"" + begin + "\"... is not valid JSON, string (\"" + begin + "...) has no keys";

        assertThat(masker(JWT, new LongSecrets(3).pem(), "https://ci:Xb7mQzT4kVn9@git.example/x")
                        .mask(log))
                .isEqualTo(log);
    }

    @Test
    void twentyFourCharactersOfAPasswordWithAMarkOrTwoAreNotShownWhole() {
        String password = "Yt5%Kw9_bJ2nQx7-Rm4vHs8zLc3dGf6p";
        for (int from = 0; from + 24 <= password.length(); from++) {
            String part = password.substring(from, from + 24);

            assertThat(masker(password).mask("is " + part + "…")).as(part).contains("****");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "svc:Xb7mQzT4kVn9@q7x2m9k4.cluster-cx7k2m9q4t8v.eu-central-1.rds.example:5432/shop",
                "q7x2m9k4.cluster-cx7k2m9q4t8v.eu-central-1.rds.example:5432:shop:svc:Xb7mQzT4kVn9"
            })
    void aHostBesideAPasswordIsShown(String secret) {
        String log = "connect to q7x2m9k4.cluster-cx7k2m9q4t8v.eu-central-1.rds.example:5432";

        assertThat(masker(secret).mask(log)).isEqualTo(log);
    }

    /** {@code column -J} splits at the blank, {@code nroff} takes the escape. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"a\": \"W4%j\\\"z'K\\\\m$p&Xb<v>9?y#c\", \"b\": \"8`, `{\"a\": \"****#c\", \"b\": \"8`",
                "`W4%j\"z'K&Xb<v>9?y#c 8@d:2/Lq`, `W4%j\"z'K&X****`"
            })
    void eightLettersOfAPasswordFullOfPunctuationAreHidden(String log, String masked) {
        assertThat(masker(PASSWORD).mask(log)).isEqualTo(masked);
    }

    /** No form is so short that all of a log has to be looked at more closely. */
    @Test
    void partsOfTokensNeedNoFilterOfTheirOwn() {
        Masker masker = Masker.of(BuildLog.secrets(20, 32, 20261101L).stream()
                .map(SecretValue::of)
                .toList());

        assertThat(LengthTier.filters(masker.matcher().patterns()))
                .singleElement()
                .satisfies(filter -> assertThat(filter.reach()).isGreaterThanOrEqualTo(13));
    }

    @Test
    void wordsAndAddressesInAPasswordAreShown() {
        String log = "rders: https://db.example:8443/Orders2 first,second;third 2026-10-15T03:00:00Z";

        assertThat(masker("https://db.example:8443/Orders2/x", "orders: first,second;third", "at 2026-10-15T03:00:00Z")
                        .mask(log.substring(1)))
                .isEqualTo(log.substring(1));
    }

    @ParameterizedTest
    @CsvSource({"WJALRXUTNFEMI/K7MDENG, true", "wjalrxutnfemi/k7mdeng, true", "ORDERS-PRODUCTION, false"})
    void lettersInAnotherCaseAreHiddenWhereTheyAreNoWords(String log, boolean hidden) {
        assertThat(masker("wJalrXUtnFEMI/K7MDENG", "Orders-Production")
                        .mask(log)
                        .equals("****"))
                .isEqualTo(hidden);
    }

    /** What {@code xxd} writes. */
    @Test
    void theRowsOfADumpThatBeginsWithTheSecretAreHidden() {
        assertThat(masker("wJalrXUtnFEMI8K7M3ENG2bPxRfiCYEX").mask("""
            00000000: 774a 616c 7258 5574 6e46 454d 4938 4b37  wJalrXUtnFEMI8K7
            00000010: 4d33 454e 4732 6250 7852 6669 4359 4558  M3ENG2bPxRfiCYEX
            """))
                .doesNotContain("774a", "4558", "wJalrXUtnFEMI8K7");
    }

    /** Of a file that is encoded and cut into lines. */
    @ParameterizedTest
    @ValueSource(strings = {"BhcnQtS3E4I\nXhaLWVuZAo=", "c3dvcmQ9S3\nE4IXhaCg==", "cGFzc3dvcmQ9S3E4IXh\n    hCg=="})
    void base64OfAShortSecretIsHiddenWhereALineEndsInIt(String log) {
        assertThat(masker("Kq8!xZ").mask(log)).contains("****");
    }

    private static Masker masker(String... secrets) {
        return Masker.of(List.of(secrets).stream().map(SecretValue::of).toList());
    }
}
