package io.jenkins.plugins.awssecrets.config;

import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.source.aws.AwsSettings;
import java.net.URI;
import org.kohsuke.stapler.DataBoundSetter;

/** What Parameter Store and Secrets Manager have in common: where they are and who asks. */
public abstract class AwsSourceConfiguration extends SourceConfiguration {
    private String region;
    private String endpoint;

    protected AwsSourceConfiguration(String id) {
        super(id);
    }

    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(String endpoint) {
        this.endpoint = Util.fixEmptyAndTrim(endpoint);
    }

    AwsSettings settings() {
        AwsSettings settings = AwsSettings.DEFAULTS;
        if (region != null) {
            settings = settings.withRegion(region);
        }
        if (endpoint != null) {
            settings = settings.withEndpoint(URI.create(endpoint));
        }
        return settings;
    }
}
