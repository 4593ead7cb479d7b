package io.jenkins.plugins.awssecrets.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awssecrets.engine.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFormsTest {
    private static final String TOKEN = "wJalrXUtnFEMI-K7MDENG-bPxRfiCYEX";

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab"})
    void valuesBelowThreeBytesHaveNoForms(String value) {
        assertThat(forms(value)).isEmpty();
    }

    @Test
    void aValueOfThreeBytesIsMaskedItself() {
        assertThat(forms("x7&")).contains("x7&", "x7%26", "x7&amp;");
    }

    @Test
    void shortValuesHaveNoFormThatALogHoldsByChance() {
        assertThat(forms("abcd")).contains("abcd", "YWJjZA==").doesNotContain("YWJjZ", "abc", "ab", "a b c d");
    }

    @Test
    void aTokenHasAFewHundredForms() {
        assertThat(forms(TOKEN)).hasSizeBetween(100, 400);
    }

    @Test
    void noFormOfALongValueIsShorterThanSixteenBytes() {
        assertThat(forms(TOKEN)).allMatch(form -> form.length() >= 16);
        assertThat(forms(pem(25, "abcdEF12ab=="))).allMatch(form -> form.length() >= 16);
    }

    @Test
    void armourOfAPemIsHiddenAsItIsOnly() {
        Set<String> forms = forms(pem(3, "abcdEF12ab=="));
        assertThat(forms).contains("-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----");
        assertThat(forms).noneMatch("LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ"::equals);
    }

    @Test
    void eachLineOfAPemIsHiddenAlone() {
        String pem = pem(25, "abcdEF12ab==");
        List<String> lines = pem.lines().toList();
        for (String line : lines.subList(1, lines.size() - 2)) {
            assertThat(masked(pem, "    " + line + "\r\n")).isEqualTo("    ****\r\n");
        }
    }

    @Test
    void theShortLastLineOfAPemIsJoinedToTheOneBefore() {
        String pem = pem(3, "abcdEF12ab==");
        List<String> lines = pem.lines().toList();
        String end = lines.get(lines.size() - 3) + "\n" + lines.get(lines.size() - 2);
        assertThat(masked(pem, end)).isEqualTo("****");
        assertThat(masked(pem, end.replace("\n", "\r\n"))).isEqualTo("****");
        assertThat(masked(pem, "abcdEF12ab==")).isEqualTo("abcdEF12ab==");
    }

    @Test
    void linesOfEightBytesAreHiddenAloneAndShorterOnesAreNot() {
        String value = "user=bob\npin=1\npassword: S3cr3t-7Q\n--------\n";
        assertThat(masked(value, "x user=bob y")).isEqualTo("x **** y");
        assertThat(masked(value, "x password: S3cr3t-7Q y")).isEqualTo("x **** y");
        assertThat(masked(value, "pin=1 --------")).isEqualTo("pin=1 --------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", " ", "", "\\n", "\\r\\n", "%0A", "&#10;"})
    void aMultiLineValueIsHiddenWithEveryKindOfLineBreak(String lineBreak) {
        String value = "short\nlines\nof-a-secret\n";
        assertThat(masked(value, "[short" + lineBreak + "lines" + lineBreak + "of-a-secret]"))
                .isEqualTo("[****]");
    }

    @Test
    void everyLongLeafOfAJsonValueIsHidden() {
        String value = "{\"a\":{\"b\":[\"first-leaf\",{\"c\":\"second\\nleaf-7Q\"}]},\"n\":12345678,\"t\":true,"
                + "\"u\":\"admin\",\"longer-name\":null}";
        assertThat(masked(value, "first-leaf second%0Aleaf-7Q leaf-7Q")).isEqualTo("**** **** leaf-7Q");
        assertThat(masked(value, "12345678 true admin longer-name null"))
                .isEqualTo("12345678 true admin longer-name null");
    }

    @Test
    void aJsonValueIsHiddenInEveryUsualLayout() {
        String value = "{\"z\":\"zz\",\"a\":[1,2.50],\"e\":{}}";
        for (String layout : List.of(
                "{\"z\":\"zz\",\"a\":[1,2.50],\"e\":{}}",
                "{\"z\": \"zz\", \"a\": [1, 2.50], \"e\": {}}",
                "{\"a\":[1,2.50],\"e\":{},\"z\":\"zz\"}",
                "{\n  \"z\": \"zz\",\n  \"a\": [\n    1,\n    2.50\n  ],\n  \"e\": {}\n}",
                "{\n    \"a\": [\n        1,\n        2.50\n    ],\n    \"e\": {},\n    \"z\": \"zz\"\n}",
                "{\\\"z\\\":\\\"zz\\\",\\\"a\\\":[1,2.50],\\\"e\\\":{}}")) {
            assertThat(masked(value, layout)).isEqualTo("****");
        }
    }

    @Test
    void jsonInALeafIsReadToo() {
        assertThat(masked("{\"config\":\"{\\\"token\\\":\\\"tok_7Qz81Lm\\\"}\"}", "TOKEN=tok_7Qz81Lm"))
                .isEqualTo("TOKEN=****");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry: { user: bob, token: k9-Zq7/Lw2_Xv }\n",
                "registry: {token: k9-Zq7/Lw2_Xv}\n",
                "users: [{ name: bob, password: k9-Zq7/Lw2_Xv }, { name: eve, password: other-Pw-31 }]\n",
                "registry: {\n  user: bob, api_key: k9-Zq7/Lw2_Xv }\n",
                "tokens: { [ token: k9-Zq7/Lw2_Xv] }\n"
            })
    void aValueOfAMappingInOneLineIsHiddenAlone(String yaml) {
        assertThat(Masker.of(List.of(SecretValue.of(yaml))).mask("token is k9-Zq7/Lw2_Xv."))
                .isEqualTo("token is ****.");
    }

    @Test
    void aBraceOutsideOfAMappingIsPartOfAValue() {
        Masker masker = Masker.of(List.of(SecretValue.of("# no mapping\nPASSWORD=k9-Zq7}Lw2_Xv\nMODE=fast\n")));

        assertThat(masker.mask("k9-Zq7}Lw2_Xv and k9-Zq7.")).isEqualTo("**** and k9-Zq7.");
    }

    @Test
    void aTextThatOnlyLooksLikeJsonIsAPlainValue() {
        assertThat(masked("{not json: [1", "x {not json: [1 y")).isEqualTo("x **** y");
        assertThat(masked("[".repeat(5000), "x")).isEqualTo("x");
    }

    @Test
    void binaryValuesAreHiddenAsBytesHexAndBase64() {
        byte[] value = bytes(300, 7);
        String hex = HexFormat.of().formatHex(value);
        String base64 = Base64.getMimeEncoder().encodeToString(value);
        for (String output : List.of(
                Coverage.latin1(value),
                hex,
                hex.toUpperCase(Locale.ROOT),
                base64,
                base64.replace("\r\n", ""),
                Arrays.toString(value))) {
            Coverage coverage = new Coverage(
                    SecretForms.derive(SecretValue.of(value)), output.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(coverage.masked()).matches("\\[?\\*\\*\\*\\*]?");
        }
    }

    @Test
    void aNulByteIsHiddenAndWhatAShellLeavesOfIt() {
        assertThat(masked("abc\0defgh-7Q", "abc\0defgh-7Q abcdefgh-7Q")).isEqualTo("**** ****");
    }

    @Test
    void aValueOfBlanksIsHiddenItself() {
        assertThat(forms(" \t \n ")).containsExactly(" \t \n ");
    }

    @Test
    void consumedCharactersNeverLeaveAWord() {
        assertThat(masked("pass\\word", "the password is wrong")).isEqualTo("the password is wrong");
        assertThat(masked("^test^ing^", "testing")).isEqualTo("testing");
    }

    @Test
    void theSetOfALargeBinaryValueStaysBounded() {
        byte[] value = bytes(64 * 1024, 11);
        List<byte[]> forms = List.copyOf(SecretForms.derive(SecretValue.of(value)));
        assertThat(forms).hasSizeLessThan(25_000);
        assertThat(forms.stream().mapToLong(form -> form.length).sum()).isLessThan(8 << 20);
        Coverage coverage = new Coverage(List.of(value, forms.get(0)), Arrays.copyOf(value, value.length));
        assertThat(coverage.masked()).isEqualTo("****");
    }

    @Test
    void theSetOfALargeTextOfShortLinesStaysBoundedAndHidesEachLine() {
        Random random = new Random(3);
        List<String> lines = IntStream.range(0, 64 * 1024 / 11)
                .mapToObj(i -> random.ints(10, 'a', 'z')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .toList();
        Set<String> forms = forms(String.join("\n", lines));
        assertThat(forms).hasSizeLessThan(80_000);
        // Not containsAll of the assertion, which compares each with each.
        assertThat(forms.containsAll(lines)).isTrue();
    }

    @Test
    void formsAreDistinct() {
        List<byte[]> forms = List.copyOf(SecretForms.derive(SecretValue.of(TOKEN)));
        assertThat(forms.stream().map(Coverage::latin1)).doesNotHaveDuplicates();
    }

    private static String pem(int lines, String last) {
        Random random = new Random(5);
        StringBuilder pem = new StringBuilder("-----BEGIN RSA PRIVATE KEY-----\n");
        for (int i = 0; i < lines; i++) {
            byte[] line = new byte[48];
            random.nextBytes(line);
            pem.append(Base64.getEncoder().encodeToString(line)).append('\n');
        }
        return pem.append(last).append("\n-----END RSA PRIVATE KEY-----\n").toString();
    }

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Set<String> forms(String secret) {
        return SecretForms.derive(SecretValue.of(secret)).stream()
                .map(form -> new String(form, StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
    }

    private static String masked(String secret, String output) {
        return new Coverage(SecretForms.derive(SecretValue.of(secret)), output.getBytes(StandardCharsets.UTF_8))
                .masked();
    }
}
