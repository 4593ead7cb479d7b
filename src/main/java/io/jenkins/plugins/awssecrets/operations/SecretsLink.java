package io.jenkins.plugins.awssecrets.operations;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.Extension;
import hudson.model.ItemGroup;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.stapler.StaplerDispatchable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.verb.POST;

/**
 * The page <em>Manage Jenkins &gt; AWS Secrets</em>: all places at once. Who may read the system may see it; a check
 * reads secrets, so it takes who administers Jenkins.
 */
@Extension
@Symbol("awsSecretsPage")
public final class SecretsLink extends ManagementLink implements StaplerProxy {
    static final String URL = "aws-secrets";

    @Override
    public String getIconFileName() {
        return "symbol-aws-secrets plugin-aws-secrets";
    }

    @Override
    public String getDisplayName() {
        return "AWS Secrets";
    }

    @Override
    public String getDescription() {
        return "What works, what does not and how to fix it: sources and credentials in Parameter Store, Secrets"
                + " Manager and Vault.";
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    @Override
    public Category getCategory() {
        return Category.SECURITY;
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        return this;
    }

    /** The part that the page takes in anew while a check runs is a view of it. */
    @StaplerDispatchable
    public Overview getOverview() {
        return new Overview(
                places(), Jenkins.get().hasPermission(Jenkins.ADMINISTER), Search.of(Stapler.getCurrentRequest2()));
    }

    /** What the rules decide for the job of the request's parameter {@code job}. */
    @StaplerDispatchable
    public JobRules getRules() {
        return JobRules.of(Stapler.getCurrentRequest2());
    }

    /** Starts a check of each place in the background. */
    @POST
    public HttpResponse doCheck() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        places().forEach(Checks.get()::start);
        return HttpResponses.redirectTo(".");
    }

    /** Jenkins itself, and the folders that the reader may see. */
    private static List<ItemGroup<?>> places() {
        List<ItemGroup<?>> places = new ArrayList<>();
        places.add(Jenkins.get());
        places.addAll(folders());
        return places;
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static List<ItemGroup<?>> folders() {
        return (List) Jenkins.get().getAllItems(AbstractFolder.class);
    }
}
