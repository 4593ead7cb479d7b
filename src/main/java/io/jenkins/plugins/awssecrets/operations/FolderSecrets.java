package io.jenkins.plugins.awssecrets.operations;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Item;
import hudson.security.Permission;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import jenkins.security.stapler.StaplerDispatchable;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.verb.POST;

/**
 * A folder's own part of the page, for those who decide on its sources and credentials: who may configure the folder and
 * manage the domains of its credentials.
 */
public final class FolderSecrets implements Action, StaplerProxy {
    private static final List<Permission> BOTH = List.of(Item.CONFIGURE, CredentialsProvider.MANAGE_DOMAINS);

    private final AbstractFolder<?> folder;

    FolderSecrets(AbstractFolder<?> folder) {
        this.folder = folder;
    }

    public AbstractFolder<?> getFolder() {
        return folder;
    }

    /** No link where the folder declares nothing. */
    @Override
    public String getIconFileName() {
        return BOTH.stream().allMatch(folder::hasPermission)
                        && Catalog.get().own(folder).isPresent()
                ? "symbol-aws-secrets plugin-aws-secrets"
                : null;
    }

    @Override
    public String getDisplayName() {
        return "AWS Secrets";
    }

    @Override
    public String getUrlName() {
        return SecretsLink.URL;
    }

    @Override
    public Object getTarget() {
        BOTH.forEach(folder::checkPermission);
        return this;
    }

    /** The part that the page takes in anew while a check runs is a view of it. */
    @StaplerDispatchable
    public Overview getOverview() {
        return new Overview(List.of(folder), true, Search.of(Stapler.getCurrentRequest2()));
    }

    /** Starts a check of this folder in the background. */
    @POST
    public HttpResponse doCheck() {
        BOTH.forEach(folder::checkPermission);
        Checks.get().start(folder);
        return HttpResponses.redirectTo(".");
    }

    /** Gives each folder its part. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<AbstractFolder> {
        @Override
        public Class<AbstractFolder> type() {
            return AbstractFolder.class;
        }

        @Override
        public Collection<? extends Action> createFor(AbstractFolder target) {
            return List.of(new FolderSecrets(target));
        }
    }
}
