package io.jenkins.plugins.awssecrets.demo.http;

import io.jenkins.plugins.awssecrets.demo.Fault;
import io.jenkins.plugins.awssecrets.demo.RecordedRequest;

/** One service's side of HTTP. Safe for use by several threads. */
public interface Endpoint {
    /** What the request asks for; never fails, whatever came in. */
    RecordedRequest describe(Call call);

    /** The service's answer, errors included. */
    Reply answer(Call call);

    /** An injected error in the service's own shape. */
    Reply error(Fault.ServiceError fault);
}
