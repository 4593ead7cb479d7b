package io.jenkins.plugins.awssecrets.engine.source;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;

/** Which addresses lead to this machine itself and to what only it can reach: its own ports, and the cloud's metadata. */
public final class MachineAddresses {
    /** Where EC2 serves the metadata and the role of an instance, beside the link-local 169.254.169.254. */
    private static final byte[] METADATA_IPV6 = {(byte) 0xfd, 0, 0x0e, (byte) 0xc2};

    private MachineAddresses() {}

    /**
     * What speaks against an address that somebody else than the machine's owner chose. Looks its name up.
     *
     * @return empty for an {@code https} address of another machine, and for one whose name nobody knows, which no call
     *     reaches
     */
    public static Optional<MachineUse> use(URI address) {
        if (!"https".equalsIgnoreCase(address.getScheme())) {
            return Optional.of(new MachineUse.Address(
                    "http".equalsIgnoreCase(address.getScheme())
                            ? "an address without TLS (http://)"
                            : "a unix socket of the controller",
                    address));
        }
        return isOfMachine(address.getHost())
                ? Optional.of(new MachineUse.Address("a loopback or link-local address", address))
                : Optional.empty();
    }

    /** Whether a host is loopback, link-local or the address of a cloud's metadata; looks its name up. */
    public static boolean isOfMachine(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host)).anyMatch(MachineAddresses::isOfMachine);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isOfMachine(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || startsWith(address.getAddress(), METADATA_IPV6);
    }

    private static boolean startsWith(byte[] address, byte[] prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (address.length == 4 || address[i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
