package io.jenkins.plugins.awssecrets.demo.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One operation of a JSON service. */
@FunctionalInterface
public interface Operation {
    /** @throws AwsError for the service to answer with */
    ObjectNode run(Input input, Identity caller);
}
