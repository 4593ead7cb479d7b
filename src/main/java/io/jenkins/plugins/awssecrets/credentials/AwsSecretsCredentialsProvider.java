package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsDescriptor;
import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.ModelObject;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awssecrets.access.Requesters;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import io.jenkins.plugins.awssecrets.catalog.CatalogEntry;
import io.jenkins.plugins.awssecrets.catalog.CatalogView;
import io.jenkins.plugins.awssecrets.credentials.FetchedCredentials.FetchedCredentialsDescriptor;
import io.jenkins.plugins.awssecrets.engine.credential.kind.CredentialKind;
import io.jenkins.plugins.awssecrets.engine.reference.Reference;
import io.jenkins.plugins.awssecrets.engine.rules.Requester;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Gives Jenkins the catalog's credentials. Answers from metadata; a value is fetched only when a credential's getter is
 * asked for it.
 *
 * <p>Looked up after the providers that keep their credentials in Jenkins, so that an id they have is theirs.
 */
@Extension(ordinal = -10)
public final class AwsSecretsCredentialsProvider extends CredentialsProvider {
    static final String DISPLAY_NAME = "AWS Secrets";
    static final String ICON = "symbol-aws-secrets plugin-aws-secrets";

    /** How long a page waits for sources of which nothing is known yet. */
    static final Duration LIST_PATIENCE = Duration.ofSeconds(1);

    /** How long a build's look-up waits for sources of which nothing is known yet. */
    static final Duration LOOK_UP_PATIENCE = Duration.ofSeconds(10);

    @NonNull
    @Override
    public String getDisplayName() {
        return DISPLAY_NAME;
    }

    @Override
    public String getIconClassName() {
        return ICON;
    }

    @Override
    public Set<CredentialsScope> getScopes(ModelObject object) {
        if (object instanceof Jenkins) {
            return Set.of(CredentialsScope.GLOBAL, CredentialsScope.SYSTEM);
        }
        return object instanceof ItemGroup ? Set.of(CredentialsScope.GLOBAL) : super.getScopes(object);
    }

    @CheckForNull
    @Override
    public CredentialsStore getStore(@CheckForNull ModelObject object) {
        return object instanceof ItemGroup<?> place && Catalog.get().own(place).isPresent()
                ? new AwsSecretsCredentialsStore(place)
                : null;
    }

    @NonNull
    @Override
    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            @NonNull Class<C> type,
            @Nullable ItemGroup itemGroup,
            @Nullable Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements) {
        return list(type, Viewer.of(itemGroup, authentication));
    }

    @NonNull
    @Override
    public <C extends Credentials> List<C> getCredentialsInItem(
            @NonNull Class<C> type,
            @NonNull Item item,
            @Nullable Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements) {
        return list(type, Viewer.of(item, authentication));
    }

    @CheckForNull
    @Override
    public <C extends IdCredentials> C getCredentialByIdInItemGroup(
            @NonNull String id,
            @NonNull Class<C> type,
            @NonNull ItemGroup<?> itemGroup,
            @NonNull Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements) {
        return find(id, type, Viewer.of(itemGroup, authentication)).orElse(null);
    }

    @CheckForNull
    @Override
    public <C extends IdCredentials> C getCredentialByIdInItem(
            @NonNull String id,
            @NonNull Class<C> type,
            @NonNull Item item,
            @NonNull Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements) {
        return find(id, type, Viewer.of(item, authentication)).orElse(null);
    }

    @NonNull
    @Override
    public <C extends IdCredentials> ListBoxModel getCredentialIdsInItemGroup(
            @NonNull Class<C> type,
            @Nullable ItemGroup itemGroup,
            @Nullable Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements,
            @NonNull CredentialsMatcher matcher) {
        return options(list(type, Viewer.of(itemGroup, authentication)), matcher);
    }

    @NonNull
    @Override
    public <C extends IdCredentials> ListBoxModel getCredentialIdsInItem(
            @NonNull Class<C> type,
            @NonNull Item item,
            @Nullable Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements,
            @NonNull CredentialsMatcher matcher) {
        return options(list(type, Viewer.of(item, authentication)), matcher);
    }

    /** Tells Jenkins that a build used a credential, for its usage page and who listens to uses. */
    public static void track(Run<?, ?> run, CatalogEntry entry) {
        credentials(Credentials.class, List.of(entry), Requesters.of(run)).forEach(used -> track(run, used));
    }

    /** All credentials of a place itself, for its store. */
    static List<Credentials> ownOf(ItemGroup<?> place) {
        Collection<CatalogEntry> entries = Catalog.get()
                .own(place)
                .map(view -> view.ownEntries(LIST_PATIENCE))
                .orElse(List.of());
        return credentials(Credentials.class, entries, Requesters.of(place));
    }

    private static <C extends Credentials> List<C> list(Class<C> type, Optional<Viewer> viewer) {
        if (viewer.isEmpty()) {
            return List.of();
        }
        Viewer who = viewer.get();
        Makers<C> makers = new Makers<>(type, who.who());
        List<C> credentials = new ArrayList<>();
        for (CatalogEntry entry : who.view().entries(makers.kinds(), LIST_PATIENCE)) {
            if (who.sees(entry)) {
                makers.addTo(credentials, entry);
            }
        }
        return credentials;
    }

    private static <C extends Credentials> Optional<C> find(String id, Class<C> type, Optional<Viewer> viewer) {
        return viewer.flatMap(v -> v.find(id).flatMap(entry -> credentials(type, List.of(entry), v.who()).stream()
                .findFirst()));
    }

    private static <C extends Credentials> List<C> credentials(
            Class<C> type, Collection<CatalogEntry> entries, Requester who) {
        Makers<C> makers = new Makers<>(type, who);
        List<C> credentials = new ArrayList<>();
        entries.forEach(entry -> makers.addTo(credentials, entry));
        return credentials;
    }

    /** Makes Jenkins' credentials of a type, for those kinds that are of it. */
    private static final class Makers<C extends Credentials> {
        private final Map<CredentialKind, FetchedCredentialsDescriptor> kinds = new HashMap<>();
        private final Class<C> type;
        private final Requester who;

        Makers(Class<C> type, Requester who) {
            this.type = type;
            this.who = who;
            for (CredentialsDescriptor descriptor : ExtensionList.lookup(CredentialsDescriptor.class)) {
                if (descriptor instanceof FetchedCredentialsDescriptor kind && type.isAssignableFrom(kind.clazz)) {
                    kinds.put(kind.kind(), kind);
                }
            }
        }

        Set<CredentialKind> kinds() {
            return kinds.keySet();
        }

        void addTo(List<C> credentials, CatalogEntry entry) {
            FetchedCredentialsDescriptor kind = kinds.get(entry.definition().kind());
            if (kind != null) {
                credentials.add(type.cast(kind.create(Identity.of(entry), new CurrentValues(entry, who))));
            }
        }
    }

    private static ListBoxModel options(List<? extends IdCredentials> credentials, CredentialsMatcher matcher) {
        ListBoxModel options = new ListBoxModel();
        for (IdCredentials each : credentials) {
            if (matcher.matches(each)) {
                options.add(((Fetched) each).identity().label(), each.getId());
            }
        }
        // Most drop-downs show none: the first one after a start does without what sorting loads.
        if (options.size() > 1) {
            options.sort(Comparator.comparing(option -> option.name, String.CASE_INSENSITIVE_ORDER));
        }
        return options;
    }

    /**
     * Who looks, and from where.
     *
     * @param place whose sources a reference means
     * @param jenkins whether it is Jenkins itself that asks, which alone sees the scope SYSTEM; never an item
     */
    private record Viewer(CatalogView view, ItemGroup<?> place, Requester who, boolean jenkins) {
        static Optional<Viewer> of(@Nullable ItemGroup<?> place, @Nullable Authentication who) {
            ItemGroup<?> known = place == null ? Jenkins.get() : place;
            return isSystem(who)
                    ? Optional.of(
                            new Viewer(Catalog.get().in(known), known, Requesters.of(known), known instanceof Jenkins))
                    : Optional.empty();
        }

        static Optional<Viewer> of(Item item, @Nullable Authentication who) {
            ItemGroup<?> place = item instanceof ItemGroup<?> group ? group : item.getParent();
            return isSystem(who)
                    ? Optional.of(new Viewer(Catalog.get().in(place), place, Requesters.of(item), false))
                    : Optional.empty();
        }

        /** A credential, or what a reference names: whether it is allowed is decided when its value is asked for. */
        Optional<CatalogEntry> find(String id) {
            Optional<Reference> reference = jenkins ? Optional.empty() : view.reference(id);
            return reference.isPresent()
                    ? reference.map(named -> CatalogEntry.ofReference(id, named, place))
                    : view.find(id, LOOK_UP_PATIENCE).filter(this::sees);
        }

        boolean sees(CatalogEntry entry) {
            return !entry.system() || (jenkins && entry.owner() instanceof Jenkins);
        }

        /** The credentials are Jenkins' own, nobody's in person. */
        private static boolean isSystem(@Nullable Authentication who) {
            return ACL.SYSTEM2.equals(who);
        }
    }
}
