package io.jenkins.plugins.awssecrets.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.CredentialsStoreAction;
import com.cloudbees.plugins.credentials.domains.Domain;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.ItemGroup;
import hudson.model.ModelObject;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.core.Authentication;

/** The credentials that Jenkins or a folder declares or discovers, to be looked at. They are changed where they live. */
public final class AwsSecretsCredentialsStore extends CredentialsStore {
    private final ItemGroup<?> place;
    private final StoreAction action = new StoreAction(this);

    AwsSecretsCredentialsStore(ItemGroup<?> place) {
        super(AwsSecretsCredentialsProvider.class);
        this.place = place;
    }

    @NonNull
    @Override
    public ModelObject getContext() {
        return place;
    }

    @Override
    public String getDisplayName() {
        return AwsSecretsCredentialsProvider.DISPLAY_NAME;
    }

    /** To view it is all that anybody may. */
    @Override
    public boolean hasPermission2(@NonNull Authentication who, @NonNull Permission permission) {
        AccessControlled guard = place instanceof AccessControlled controlled ? controlled : Jenkins.get();
        return CredentialsProvider.VIEW.equals(permission) && guard.getACL().hasPermission2(who, permission);
    }

    @NonNull
    @Override
    public List<Credentials> getCredentials(@NonNull Domain domain) {
        return domain.isGlobal() && hasPermission(CredentialsProvider.VIEW)
                ? AwsSecretsCredentialsProvider.ownOf(place)
                : List.of();
    }

    @Override
    public boolean addCredentials(@NonNull Domain domain, @NonNull Credentials credentials) {
        throw readOnly();
    }

    @Override
    public boolean removeCredentials(@NonNull Domain domain, @NonNull Credentials credentials) {
        throw readOnly();
    }

    @Override
    public boolean updateCredentials(
            @NonNull Domain domain, @NonNull Credentials current, @NonNull Credentials replacement) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("These credentials are read-only here. Change them in their source"
                + " (AWS, Vault), or declare them under Manage Jenkins, AWS Secrets");
    }

    @Override
    public CredentialsStoreAction getStoreAction() {
        return action;
    }

    /** The pages of a store. */
    @ExportedBean
    public static final class StoreAction extends CredentialsStoreAction {
        /** What the commands for credentials call the provider, which they make of its class. */
        private static final String URL = "awssecrets";

        private final AwsSecretsCredentialsStore store;

        private StoreAction(AwsSecretsCredentialsStore store) {
            this.store = store;
        }

        @NonNull
        @Override
        public CredentialsStore getStore() {
            return store;
        }

        @Override
        public String getUrlName() {
            return URL;
        }

        @Override
        public String getIconFileName() {
            return isVisible() ? AwsSecretsCredentialsProvider.ICON : null;
        }

        @Override
        public String getIconClassName() {
            return isVisible() ? AwsSecretsCredentialsProvider.ICON : null;
        }

        @Override
        public String getDisplayName() {
            return AwsSecretsCredentialsProvider.DISPLAY_NAME;
        }
    }
}
