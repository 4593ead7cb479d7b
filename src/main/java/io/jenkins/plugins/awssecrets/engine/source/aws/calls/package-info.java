/** One call to AWS: its proxy, retries and deadline, and what came of it. */
package io.jenkins.plugins.awssecrets.engine.source.aws.calls;
