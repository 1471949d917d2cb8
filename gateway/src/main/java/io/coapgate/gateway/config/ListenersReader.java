package io.coapgate.gateway.config;

import io.coapgate.gateway.coap.UploadPortSettings;
import io.coapgate.gateway.dtls.CredentialMode;
import io.coapgate.gateway.dtls.ListenerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The {@code listeners}: each name and each address once. */
final class ListenersReader {
    private final List<Section> sections;
    private final Map<String, Integer> lineOfName = new HashMap<>();
    private final Map<InetSocketAddress, Integer> lineOfAddress = new HashMap<>();

    ListenersReader(Section root) {
        this.sections = root.sections("listeners");
    }

    List<ListenerSettings> read() {
        List<ListenerSettings> listeners = new ArrayList<>();
        for (Section section : sections) {
            Addresses.socketAddress(section)
                    .filter(address -> isUnicast(section, address))
                    .ifPresent(address -> listeners.add(listener(section, address)));
        }
        return listeners;
    }

    /** The first listener that takes X.509, which needs certificates. */
    Optional<Section> takeX509() {
        return sections.stream()
                .filter(section -> section.texts("credentials").contains("x509"))
                .findFirst();
    }

    /** DTLS is between two peers: there is no handshake with a group, and no request to one that could get here. */
    private static boolean isUnicast(Section section, InetSocketAddress address) {
        boolean unicast = !address.getAddress().isMulticastAddress();
        if (!unicast) {
            section.problem(
                    "address", "is a multicast address, and coaps is unicast only", "write, for example, 127.0.0.1");
        }
        return unicast;
    }

    private ListenerSettings listener(Section section, InetSocketAddress address) {
        String name = section.text("name");
        Integer sameName = lineOfName.putIfAbsent(name, section.position("name").line());
        if (sameName != null) {
            section.problem("name", "the listener on line " + sameName + " has this name too", "choose another");
        }
        claim(address, section);
        Set<CredentialMode> modes = modes(section);
        boolean accessTokens = section.flag("access-tokens");
        if (accessTokens && modes.equals(Set.of(CredentialMode.X509))) { // RFC 9202 has tokens for the other two
            section.problem(
                    "access-tokens",
                    "goes with psk or rpk, as no token's key is a certificate",
                    "take it out, or add one of them to credentials");
        }
        return new ListenerSettings(name, address, modes, section.integer("max-connections"), accessTokens);
    }

    /** The plain ports beside those listeners that have one. */
    List<UploadPortSettings> uploadPorts() {
        List<UploadPortSettings> ports = new ArrayList<>();
        sections.stream()
                .filter(section -> section.has("authz-info") && section.isSound("authz-info"))
                .forEach(section -> Addresses.socketAddress(section)
                        .ifPresent(address -> ports.add(uploadPort(
                                section.text("name"), section.section("authz-info"), address.getAddress()))));
        return ports;
    }

    private UploadPortSettings uploadPort(String name, Section section, InetAddress host) {
        InetSocketAddress address = new InetSocketAddress(host, section.integer("port"));
        claim(address, section);
        return new UploadPortSettings(
                name,
                address,
                section.integer("uploads-per-second"),
                section.integer("uploads-per-minute-and-address"));
    }

    private void claim(InetSocketAddress address, Section section) {
        int line = section.position(section.has("address") ? "address" : "port").line();
        Integer sameAddress = address.getPort() == 0 ? null : lineOfAddress.putIfAbsent(address, line);
        if (sameAddress != null) {
            String message = "the listener on line " + sameAddress + " has this address and port too";
            section.problem("port", message, "give each listener its own");
        }
    }

    private static Set<CredentialMode> modes(Section section) {
        Set<CredentialMode> modes = EnumSet.noneOf(CredentialMode.class);
        section.texts("credentials").forEach(mode -> modes.add(CredentialMode.valueOf(mode.toUpperCase(Locale.ROOT))));
        return modes;
    }
}
