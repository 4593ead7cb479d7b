package io.jenkins.plugins.awssecrets.config.credentials;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.awssecrets.engine.credential.kind.Kinds;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A declared credential of the kind {@code file}. */
public final class FileCredential extends ObjectCredential {
    private String fileName;
    private String content;
    private String encoding;

    @DataBoundConstructor
    public FileCredential(String id) {
        super(id);
    }

    public String getFileName() {
        return fileName;
    }

    @DataBoundSetter
    public void setFileName(String fileName) {
        this.fileName = Util.fixEmptyAndTrim(fileName);
    }

    public String getContent() {
        return content;
    }

    @DataBoundSetter
    public void setContent(String content) {
        this.content = Util.fixEmptyAndTrim(content);
    }

    public String getEncoding() {
        return encoding;
    }

    /** {@code base64} for content that is to be decoded. */
    @DataBoundSetter
    public void setEncoding(String encoding) {
        this.encoding = Util.fixEmptyAndTrim(encoding);
    }

    @Override
    Map<String, String> ownFields() {
        return fieldMap("fileName", fileName, "content", content, "encoding", encoding);
    }

    @Extension
    @Symbol("file")
    public static final class DescriptorImpl extends CredentialDescriptor {
        public DescriptorImpl() {
            super(Kinds.FILE);
        }

        @Override
        public String getDisplayName() {
            return Messages.FileCredential_DisplayName();
        }
    }
}
