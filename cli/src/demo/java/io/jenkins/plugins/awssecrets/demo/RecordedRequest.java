package io.jenkins.plugins.awssecrets.demo;

import java.util.List;
import java.util.Map;

/**
 * One HTTP request as it came in, without values, tokens and signatures.
 *
 * @param operation the API's name of it ({@code GetParameters}); for Vault one of {@code read}, {@code list}, {@code
 *     write}, {@code delete}, {@code login}, {@code mounts}, {@code health}, {@code lookup-self}, {@code renew-self},
 *     {@code revoke-self}, {@code lease-renew}, {@code lease-revoke}, {@code lease-lookup}, {@code unwrap}, {@code sys}
 * @param names what was asked for: parameter names, secret ids, a role's ARN, a Vault path
 * @param details what else is harmless and worth knowing: {@code accessKeyId}, {@code RoleSessionName}, {@code
 *     namespace}, {@code User-Agent}; {@code caller}, whose key or token it came with: an ARN, or a Vault token's display
 *     name
 */
public record RecordedRequest(Service service, String operation, List<String> names, Map<String, String> details) {
    public RecordedRequest {
        names = List.copyOf(names);
        details = Map.copyOf(details);
    }
}
