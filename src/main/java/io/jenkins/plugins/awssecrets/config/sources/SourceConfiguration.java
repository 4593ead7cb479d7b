package io.jenkins.plugins.awssecrets.config.sources;

import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.awssecrets.catalog.LevelDefinition;
import io.jenkins.plugins.awssecrets.config.authentication.StoredCredentials;
import io.jenkins.plugins.awssecrets.config.forms.Malformed;
import io.jenkins.plugins.awssecrets.config.forms.ReadBack;
import io.jenkins.plugins.awssecrets.config.rules.SourceRule;
import io.jenkins.plugins.awssecrets.engine.Problem;
import io.jenkins.plugins.awssecrets.engine.SecretException;
import io.jenkins.plugins.awssecrets.engine.rules.AllowList;
import io.jenkins.plugins.awssecrets.engine.source.SecretSource;
import io.jenkins.plugins.awssecrets.engine.source.SourceFilter;
import io.jenkins.plugins.awssecrets.engine.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.kohsuke.stapler.DataBoundSetter;

/** A source as it is configured, of one kind or the other. */
public abstract class SourceConfiguration extends AbstractDescribableImpl<SourceConfiguration> {
    /** A source id is a URI scheme (RFC 3986 section 3.1), as references begin with it. */
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

    private static final Logger LOGGER = Logger.getLogger(SourceConfiguration.class.getName());

    private String id;
    private FilterConfiguration filter;
    private List<SourceRule> allow;

    /** @param id the one that its kind has by default when empty */
    protected SourceConfiguration(String id, SourceKind kind) {
        this.id = idOr(id, kind);
    }

    /** XML that was edited by hand may leave out what the constructor sees to. */
    protected Object readResolve() {
        id = idOr(id, kind());
        setAllow(ReadBack.list(allow, SourceRule.class));
        return this;
    }

    private static String idOr(String id, SourceKind kind) {
        String given = Util.fixEmptyAndTrim(id);
        return given == null ? kind.defaultId() : given;
    }

    /** The id that references begin with. */
    public String getId() {
        return id;
    }

    public FilterConfiguration getFilter() {
        return filter;
    }

    @DataBoundSetter
    public void setFilter(FilterConfiguration filter) {
        this.filter = filter == null || filter.of(kind()).isEmpty() ? null : filter;
    }

    /** Direct references that it takes; without a rule there are none. */
    public List<SourceRule> getAllow() {
        return allow == null ? List.of() : List.copyOf(allow);
    }

    @DataBoundSetter
    public void setAllow(List<SourceRule> allow) {
        this.allow = allow == null || allow.isEmpty() ? null : new ArrayList<>(allow);
    }

    public abstract SourceKind kind();

    /**
     * How the source is made. Must not call the source, yet may look up Jenkins' credentials.
     *
     * @param stored the credentials that it may log in with
     * @throws SecretException when it cannot be made as it is configured
     */
    abstract Recipe recipe(SourceFilter filter, StoredCredentials stored);

    /**
     * Makes the source, unless it uses what belongs to the controller and was not lent to its place.
     *
     * @throws SecretException then, and when it cannot be made as it is configured
     */
    private SecretSource open(SourceFilter filter, SourcePlace place) {
        Recipe recipe = recipe(filter, place.stored());
        place.admit(recipe.uses());
        return recipe.make();
    }

    /**
     * Why a source in this place is refused what it would use of the controller; empty where it is not, or where it
     * cannot be known yet since the source lacks something. May look up names of hosts and credentials.
     */
    public Optional<SecretException> refusal(SourcePlace place) {
        try {
            check();
            place.admit(recipe(SourceFilter.NONE, place.stored()).uses());
            return Optional.empty();
        } catch (SecretException e) {
            return Optional.of(e).filter(why -> why.problem() == Problem.REFUSED);
        }
    }

    /** The addresses that are typed, by the keys of their settings. */
    abstract Map<String, String> addresses();

    /** Keys of the settings whose address sends a login over the network without TLS. */
    public List<String> withoutTls() {
        return addresses().entrySet().stream()
                .filter(address -> address.getValue() != null && Addresses.isWithoutTls(address.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** @throws SecretException whose subject is the key of the first setting that is wrong */
    abstract void checkSettings();

    /** Ids of the credentials that Jenkins keeps and it logs in with. */
    abstract Set<String> storedCredentials();

    /**
     * Checks all that can be checked without a look-up.
     *
     * @throws SecretException whose subject is the key of the first setting that is wrong
     */
    public final void check() {
        checkId(id);
        checkSettings();
        SourceRule.allow(kind(), getAllow());
        if (filter != null) {
            try {
                filter.check(kind());
            } catch (SecretException e) {
                throw Malformed.within("filter", e);
            }
        }
    }

    public static void checkId(String id) {
        if (!ID.matcher(id).matches()) {
            throw Malformed.at(
                    "id", "not a valid source id", "start with a letter, then use letters, digits, '+', '-' and '.'");
        }
    }

    public LevelDefinition.Source toSource(boolean discovered, SourcePlace place) {
        SourceFilter narrowed = filter == null ? SourceFilter.none(kind()) : filter.toFilter(kind());
        LevelDefinition.Source source = new LevelDefinition.Source(
                        id, kind(), narrowed, discovered, () -> lazy(narrowed, place))
                .identifiedBy(SettingsDigest.withoutSecrets(this))
                .allowing(rules());
        return SettingsDigest.of(this, place).map(source::madeOf).orElse(source);
    }

    /** Rules that went through no check, as XML may hold, allow nothing. */
    private AllowList rules() {
        try {
            return SourceRule.allow(kind(), getAllow());
        } catch (SecretException e) {
            LOGGER.warning("Source " + id + " takes no direct references: " + e.getMessage());
            return AllowList.NONE;
        }
    }

    private SecretSource lazy(SourceFilter narrowed, SourcePlace place) {
        return new LazySource(id, kind(), () -> {
            try {
                // What was read back from XML went through no check so far.
                check();
                return open(narrowed, place);
            } catch (SecretException e) {
                // A resolver puts the reference in the subject's place.
                String reason = e.subject().isEmpty() ? e.reason() : e.subject() + ": " + e.reason();
                throw new SecretException(e.problem(), "source " + id, reason, e.fix());
            }
        });
    }
}
