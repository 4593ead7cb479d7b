package io.jenkins.plugins.awssecrets.demo.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A secrets engine, mounted. */
interface Engine {
    /**
     * @param request its path is below the mount
     * @throws VaultError for what Vault refuses
     */
    VaultReply answer(VaultRequest request, Token caller);

    /** As {@code sys/mounts} tells of it. */
    ObjectNode describe();
}
