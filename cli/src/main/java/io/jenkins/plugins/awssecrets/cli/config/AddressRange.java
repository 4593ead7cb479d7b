package io.jenkins.plugins.awssecrets.cli.config;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IP addresses with the same first bits (CIDR, RFC 4632), such as {@code 10.0.0.0/8}; no address where the text is none.
 *
 * @param first any address of the range
 */
record AddressRange(Optional<byte[]> first, int bits) {
    private static final Pattern RANGE = Pattern.compile("([0-9a-f.:]+)/(\\d{1,3})");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    static AddressRange of(String text) {
        Matcher range = RANGE.matcher(text);
        return range.matches()
                ? new AddressRange(address(range.group(1)), Integer.parseInt(range.group(2)))
                : new AddressRange(Optional.empty(), 0);
    }

    /** Whether a URL's host is an address of this range; names are not looked up. */
    boolean covers(String host) {
        Optional<byte[]> other = address(host.replaceAll("^\\[|]$", ""));
        if (first.isEmpty() || other.isEmpty() || first.get().length != other.get().length) {
            return false;
        }
        int rest = first.get().length * Byte.SIZE - bits;
        return rest >= 0 && prefix(first.get(), rest).equals(prefix(other.get(), rest));
    }

    private static BigInteger prefix(byte[] address, int rest) {
        return new BigInteger(1, address).shiftRight(rest);
    }

    private static Optional<byte[]> address(String text) {
        if (!text.contains(":") && !IPV4.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
