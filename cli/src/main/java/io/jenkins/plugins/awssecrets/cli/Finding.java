package io.jenkins.plugins.awssecrets.cli;

import io.jenkins.plugins.awssecrets.engine.SecretException;
import java.util.List;

/**
 * What a check found out about one source or credential.
 *
 * @param subject such as {@code source ssm} or {@code credential docker-hub}
 * @param detail what was tried or read
 * @param problems empty when all is well
 */
record Finding(String subject, Status status, String detail, List<SecretException> problems) {
    enum Status {
        OK,
        /** Something optional does not work, such as listing where every credential is declared. */
        WARNING,
        FAILED
    }

    Finding {
        problems = List.copyOf(problems);
    }
}
