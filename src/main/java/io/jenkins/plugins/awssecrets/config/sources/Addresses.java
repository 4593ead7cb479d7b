package io.jenkins.plugins.awssecrets.config.sources;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awssecrets.config.forms.FieldCheck;
import java.net.URI;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What is said of an address beside whether it is one. */
final class Addresses {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d+){3}|\\[::1]|\\[0(:0){6}:1]");

    private Addresses() {}

    /** Whether logins and secrets would cross the network readable to it: {@code http} to another machine. */
    static boolean isWithoutTls(String text) {
        try {
            URI address = URI.create(text);
            return "http".equalsIgnoreCase(address.getScheme())
                    && address.getHost() != null
                    && !LOOPBACK.matcher(address.getHost()).matches();
        } catch (IllegalArgumentException e) {
            // It is told elsewhere that it is no address.
            return false;
        }
    }

    /** Checks a field of a form, with a warning where the address has no TLS. */
    static FormValidation check(Item place, String text, Consumer<String> check) {
        FormValidation checked = FieldCheck.of(place, text, check);
        return checked.kind == FormValidation.Kind.OK && text != null && isWithoutTls(text.strip())
                ? FormValidation.warning(Messages.Addresses_WithoutTls())
                : checked;
    }
}
