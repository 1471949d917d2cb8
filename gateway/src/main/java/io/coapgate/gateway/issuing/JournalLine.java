package io.coapgate.gateway.issuing;

import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.ace.IntrospectionResponse;
import io.coapgate.crypto.ace.TokenHash;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One line of the {@link TokenJournal}: {@code +}, a token's hash and its claims in base64url, or {@code -} and the hash of a
 * revoked one.
 */
final class JournalLine {
    private static final int MAX_CLAIMS_BYTES = 16 * 1024;
    private static final String ISSUED = "+";
    private static final String REVOKED = "-";

    private JournalLine() {}

    static String of(IssuedToken token) {
        byte[] claims = IntrospectionResponse.active(token.recorded()).encode();
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(claims);
        return ISSUED + " " + token.hash() + " " + text + "\n";
    }

    static String ofRevoked(TokenHash hash) {
        return REVOKED + " " + hash + "\n";
    }

    /** @return false if it is no such line, or not all of one */
    static boolean read(String line, Consumer<IssuedToken> issued, Consumer<TokenHash> revoked) {
        String[] fields = line.split(" ", -1);
        Optional<TokenHash> hash = fields.length < 2 ? Optional.empty() : hash(fields[1]);
        if (hash.isEmpty()) {
            return false;
        }
        if (fields.length == 2 && fields[0].equals(REVOKED)) {
            revoked.accept(hash.get());
            return true;
        }
        Optional<IssuedToken> token =
                fields.length == 3 && fields[0].equals(ISSUED) ? token(hash.get(), fields[2]) : Optional.empty();
        token.ifPresent(issued);
        return token.isPresent();
    }

    private static Optional<TokenHash> hash(String digits) {
        try {
            return TokenHash.ofBytes(HexFormat.of().parseHex(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<IssuedToken> token(TokenHash hash, String claims) {
        try {
            return IntrospectionResponse.decode(Base64.getUrlDecoder().decode(claims), MAX_CLAIMS_BYTES)
                    .claims()
                    .flatMap(said -> IssuedToken.of(hash, said));
        } catch (AceFormatException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
