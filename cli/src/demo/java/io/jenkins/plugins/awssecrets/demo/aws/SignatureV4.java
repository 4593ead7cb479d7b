package io.jenkins.plugins.awssecrets.demo.aws;

import io.jenkins.plugins.awssecrets.demo.http.Call;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The {@code Authorization} header of Signature Version 4, as the IAM user guide describes it. */
record SignatureV4(String accessKeyId, String date, String region, String service, String headers, String signature) {
    private static final Pattern HEADER =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/,]+)/(\\d{8})/([^/,]+)/([^/,]+)/aws4_request, *"
                    + "SignedHeaders=([^, ]+), *Signature=([0-9a-f]{64})");

    /** Empty where the header is missing. */
    static Optional<String> header(Call call) {
        return call.header("Authorization").filter(h -> h.startsWith("AWS4-HMAC-SHA256"));
    }

    /** Empty where the header is malformed. */
    static Optional<SignatureV4> parse(String header) {
        Matcher m = HEADER.matcher(header);
        return m.matches()
                ? Optional.of(new SignatureV4(m.group(1), m.group(2), m.group(3), m.group(4), m.group(5), m.group(6)))
                : Optional.empty();
    }

    boolean isOf(Call call, String secret) {
        try {
            String time = call.header("X-Amz-Date").orElse("");
            String scope = date + "/" + region + "/" + service + "/aws4_request";
            String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256(canonical(call));
            byte[] key = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), date);
            for (String part : new String[] {region, service, "aws4_request"}) {
                key = hmac(key, part);
            }
            return MessageDigest.isEqual(hmac(key, toSign), HexFormat.of().parseHex(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }

    /** The canonical request; the query is empty with every service spoken here. */
    private byte[] canonical(Call call) throws GeneralSecurityException {
        String signed = Arrays.stream(headers.split(";"))
                .map(name -> name + ":" + call.header(name).orElse("").trim().replaceAll(" +", " ") + "\n")
                .collect(Collectors.joining());
        return (call.method() + "\n" + call.path() + "\n" + call.rawQuery() + "\n" + signed + "\n" + headers + "\n"
                        + sha256(call.body()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
