package io.coapgate.gateway.cli;

import io.coapgate.gateway.GatewayAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells whoever started a gateway that it is ready, and where: {@code {"pid": 4711, "coaps": {"psk": "127.0.0.1:5684"},
 * "http": {"public": "127.0.0.1:8080", "admin": "127.0.0.1:8081"}}}. The file appears whole or not at all.
 */
record ReadyFile(Path path) {

    void write(GatewayAddresses addresses) throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("pid", ProcessHandle.current().pid());
        put(root.putObject("coaps"), addresses.coaps());
        put(root.putObject("http"), addresses.http());
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.writeString(
                fresh, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** If it can't be deleted, it only stays behind. */
    void delete() {
        path.toFile().delete();
    }

    private static void put(ObjectNode object, Map<String, InetSocketAddress> addresses) {
        addresses.forEach((name, address) -> object.put(name, GatewayAddresses.text(address)));
    }
}
