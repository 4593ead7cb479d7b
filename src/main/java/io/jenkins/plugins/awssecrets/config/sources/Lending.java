package io.jenkins.plugins.awssecrets.config.sources;

import io.jenkins.plugins.awssecrets.engine.rules.NamePattern;
import io.jenkins.plugins.awssecrets.engine.source.MachineUse;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the administrator of the controller lends to folders: sources, roles of its own identity, and addresses. */
public final class Lending {
    /** To nobody anything, as it is where nothing is configured. */
    public static final Lending NOTHING = new Lending(List.of());

    private final List<FolderLoan> loans;

    public Lending(List<FolderLoan> loans) {
        this.loans = List.copyOf(loans);
    }

    /** What one folder was lent, by all entries that name it or a folder above it with {@code /**}. */
    public Loan to(String folder) {
        Set<String> sources = new TreeSet<>();
        Set<String> roles = new TreeSet<>();
        Set<String> addresses = new TreeSet<>();
        for (FolderLoan loan : loans) {
            if (loan.getFolders().stream().anyMatch(pattern -> namesFolder(pattern, folder))) {
                sources.addAll(loan.getSources());
                roles.addAll(loan.getRoles());
                loan.getAddresses().forEach(address -> addresses.add(origin(URI.create(address))));
            }
        }
        return new Loan(sources, roles, addresses);
    }

    /** {@code payments/**} is the folder {@code payments} and all that is in it. */
    private static boolean namesFolder(String pattern, String folder) {
        return matches(pattern, folder)
                || pattern.endsWith("/**") && matches(pattern.substring(0, pattern.length() - "/**".length()), folder);
    }

    private static boolean matches(String pattern, String name) {
        return NamePattern.parse(pattern, List.of()).matches(name, Map.of());
    }

    /** Scheme, host and port; all of a unix socket's address. */
    private static String origin(URI address) {
        if (address.getHost() == null) {
            return address.toString();
        }
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + address.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** What an administrator can do about a use that was refused, or the folder without one. */
    static String fix(MachineUse use) {
        if (use instanceof MachineUse.Identity identity && identity.role().isPresent()) {
            return "use credentials of the folder, or have an administrator lend the role"
                    + (identity.shownTo().isEmpty() ? "" : " and the address")
                    + " to the folder (AWS Secrets, folders)";
        }
        if (use instanceof MachineUse.Address) {
            return "use an https address of another machine, or have an administrator lend the address to the folder"
                    + " (AWS Secrets, folders)";
        }
        return use instanceof MachineUse.Variable
                ? "set it in the folder's source"
                : "use credentials of the folder, or have an administrator configure such a source for Jenkins and lend"
                        + " that to the folder (AWS Secrets, folders)";
    }

    /**
     * What a folder was lent.
     *
     * @param sources ids of sources of Jenkins
     * @param roles patterns of AWS roles (ARNs) and of Vault roles that the controller's identity may be used to take
     * @param addresses scheme, host and port of addresses that it may reach and show that identity to
     */
    public record Loan(Set<String> sources, Set<String> roles, Set<String> addresses) {
        boolean covers(MachineUse use) {
            if (use instanceof MachineUse.Address address) {
                return reaches(address.address());
            }
            return use instanceof MachineUse.Identity identity
                    && identity.role().filter(this::lends).isPresent()
                    && reachesAll(identity.shownTo());
        }

        private boolean lends(String role) {
            return roles.stream().anyMatch(pattern -> matches(pattern, role));
        }

        private boolean reachesAll(Collection<URI> shownTo) {
            return shownTo.stream().allMatch(this::reaches);
        }

        private boolean reaches(URI address) {
            return addresses.contains(origin(address));
        }
    }
}
