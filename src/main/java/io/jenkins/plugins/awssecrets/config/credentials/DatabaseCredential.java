package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential of the kind {@code database}. */
public final class DatabaseCredential extends LoginCredential {
    private String engine;
    private String host;
    private String port;
    private String dbname;
    private String ssl;
    private RdsTokenConfiguration rdsToken;

    @DataBoundConstructor
    public DatabaseCredential(String id) {
        super(id);
    }

    public String getEngine() {
        return engine;
    }

    @DataBoundSetter
    public void setEngine(String engine) {
        this.engine = Util.fixEmptyAndTrim(engine);
    }

    public String getHost() {
        return host;
    }

    @DataBoundSetter
    public void setHost(String host) {
        this.host = Util.fixEmptyAndTrim(host);
    }

    public String getPort() {
        return port;
    }

    @DataBoundSetter
    public void setPort(String port) {
        this.port = Util.fixEmptyAndTrim(port);
    }

    public String getDbname() {
        return dbname;
    }

    @DataBoundSetter
    public void setDbname(String dbname) {
        this.dbname = Util.fixEmptyAndTrim(dbname);
    }

    public String getSsl() {
        return ssl;
    }

    /** {@code true} for a URL that asks for TLS. */
    @DataBoundSetter
    public void setSsl(String ssl) {
        this.ssl = Util.fixEmptyAndTrim(ssl);
    }

    public RdsTokenConfiguration getRdsToken() {
        return rdsToken;
    }

    @DataBoundSetter
    public void setRdsToken(RdsTokenConfiguration rdsToken) {
        this.rdsToken = rdsToken;
    }

    @Override
    public Map<String, Map<String, String>> minted() {
        return minted("rdsToken", rdsToken);
    }

    @Override
    Map<String, String> otherFields() {
        return fieldMap("engine", engine, "host", host, "port", port, "dbname", dbname, "ssl", ssl);
    }

    @Extension
    @Symbol("database")
    public static final class DescriptorImpl extends CredentialDescriptor {
        public DescriptorImpl() {
            super(Kinds.DATABASE);
        }

        @Override
        public String getDisplayName() {
            return Messages.DatabaseCredential_DisplayName();
        }
    }
}
