package io.jenkins.plugins.awssecrets.operations;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.Permission;
import io.jenkins.plugins.awssecrets.catalog.Catalog;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Warns of sources that are down, cannot be listed or are about to lose their login. */
@Extension
@Symbol("awsSecretsSources")
public final class TroubleMonitor extends AdministrativeMonitor {
    @Override
    public String getDisplayName() {
        return "AWS Secrets: sources with problems";
    }

    /** Those who may not change anything are told too. */
    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    @Override
    public boolean isActivated() {
        return !getTroubles().isEmpty();
    }

    /** Those of Jenkins itself and of the folders that the reader may read. */
    public List<Trouble> getTroubles() {
        return Trouble.of(Catalog.get().sources(), Clock.systemUTC()).stream()
                .filter(trouble -> isReadable(trouble.source().owner()))
                .toList();
    }

    private static boolean isReadable(ItemGroup<?> owner) {
        return !(owner instanceof Item folder) || folder.hasPermission(Item.READ);
    }

    /** Shows the page, or does not warn any more. */
    @POST
    public HttpResponse doAct(@QueryParameter String no) throws IOException {
        if (no == null) {
            Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
            return HttpResponses.redirectViaContextPath("manage/" + SecretsLink.URL);
        }
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        disable(true);
        return HttpResponses.redirectViaContextPath("manage");
    }
}
