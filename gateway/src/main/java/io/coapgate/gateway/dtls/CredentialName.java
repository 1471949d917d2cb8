package io.coapgate.gateway.dtls;

import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.token.TokenHandshakes;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;

/** What a peer called itself, fit for logs: ASCII without control characters, and short. */
final class CredentialName {
    private static final int MAX_CHARACTERS = 64;

    private CredentialName() {}

    /** Of an identity that is no text only what it says of a token's key: it may be a token. */
    static String psk(PskPublicInformation identity) {
        return identity.isCompliantEncoding()
                ? psk(identity.getPublicInfoAsString())
                : TokenHandshakes.nameOf(identity.getBytes())
                        .map(CredentialName::printable)
                        .orElse("psk:" + identity.length() + " bytes");
    }

    static String psk(String identity) {
        return "psk:" + printable(identity);
    }

    static String rawPublicKey(Thumbprint subjectPublicKeyInfo) {
        return "rpk:" + subjectPublicKeyInfo.base64Url();
    }

    /** In hexadecimal, as {@code openssl x509 -fingerprint} prints it. */
    static String certificate(Thumbprint fingerprint) {
        return "x509:" + HexFormat.of().formatHex(fingerprint.bytes());
    }

    static String address(InetSocketAddress peer) {
        return "address:" + printable(peer.getAddress().getHostAddress());
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().limit(MAX_CHARACTERS).forEach(c -> printable.append(c >= ' ' && c <= '~' ? (char) c : '?'));
        return printable.toString();
    }
}
