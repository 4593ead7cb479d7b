package io.jenkins.plugins.awssecrets.audit;

import hudson.Extension;
import io.jenkins.plugins.awssecrets.engine.audit.AuditEvent;
import io.jenkins.plugins.awssecrets.engine.audit.JsonLinesFile;
import java.io.IOException;
import jenkins.model.Jenkins;
import jenkins.util.SystemProperties;

/**
 * Writes events to {@code logs/aws-secrets-audit.jsonl} in Jenkins' home: a line of JSON each. Size and number of files
 * are the system properties {@code io.jenkins.plugins.awssecrets.audit.AuditFile.maxBytes} and {@code .kept}.
 */
@Extension
public final class AuditFile extends AuditListener {
    /** Its name in the directory of logs. */
    public static final String NAME = "aws-secrets-audit.jsonl";

    private final JsonLinesFile file = new JsonLinesFile(
            Jenkins.get().getRootDir().toPath().resolve("logs").resolve(NAME),
            SystemProperties.getLong(AuditFile.class.getName() + ".maxBytes", 10L << 20),
            SystemProperties.getInteger(AuditFile.class.getName() + ".kept", 5));

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public void write(AuditEvent event) throws IOException {
        file.write(event);
    }
}
