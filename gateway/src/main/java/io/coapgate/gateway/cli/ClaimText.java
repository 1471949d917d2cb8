package io.coapgate.gateway.cli;

import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.Decrypter;
import io.coapgate.crypto.inspect.CborItem;
import io.coapgate.crypto.inspect.CoseNames;
import io.coapgate.crypto.inspect.CwtRefusal;
import io.coapgate.crypto.inspect.InspectedClaim;
import io.coapgate.crypto.inspect.Printable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A claim of a CWT as one row of a report. */
record ClaimText(TimeText times, Decrypter decrypter) {
    private static final int CNF = 8;

    Report.Row row(InspectedClaim claim) {
        String name = CoseNames.ofClaim(claim.label());
        if (claim.label().isInteger(CNF)) {
            Optional<Confirmation> sound = claim.alone().flatMap(CwtClaims::confirmation);
            return new Report.Row(name, ConfirmationText.of(claim.value(), sound, decrypter), wrong(claim));
        }
        return claim.alone()
                .flatMap(sound -> known(name, sound))
                .orElseGet(() -> new Report.Row(name, claim.value().toString(), wrong(claim)));
    }

    private Optional<Report.Row> known(String name, CwtClaims claim) {
        Optional<Report.Row> time = claim.expiresAt()
                .map(exp -> time(name, exp, exp.isAfter(times.now()) ? "" : "expired "))
                .or(() -> claim.notBefore().map(nbf -> time(name, nbf, "")))
                .or(() -> claim.issuedAt().map(iat -> time(name, iat, "")))
                .or(() -> claim.expiresIn().map(exi -> duration(name, exi)));
        return time.or(() -> text(claim).map(value -> new Report.Row(name, value)))
                .or(() -> claim.scopeBytes().map(bytes -> scope(name, bytes)));
    }

    private static Optional<String> text(CwtClaims claim) {
        Optional<String> aud =
                Optional.of(claim.audience().stream().map(Printable::of).collect(Collectors.joining(", ")));
        return claim.issuer()
                .or(claim::subject)
                .or(claim::scope)
                .map(Printable::of)
                .or(() -> aud.filter(names -> !names.isEmpty()))
                .or(() -> claim.id().map(cti -> HexFormat.of().formatHex(cti.bytes())));
    }

    private static Report.Row scope(String name, byte[] bytes) {
        return new Report.Row(name, "h'" + HexFormat.of().formatHex(bytes) + "'", "bytes, such as AIF");
    }

    private Report.Row time(String name, Instant instant, String prefix) {
        return new Report.Row(name, instant.toString(), prefix + times.relative(instant));
    }

    private static Report.Row duration(String name, Duration exi) {
        return new Report.Row(name, exi.toSeconds() + " s", TimeText.length(exi) + " from when it arrives");
    }

    private static String wrong(InspectedClaim claim) {
        return claim.refusal().map(CwtRefusal::message).orElse("");
    }

    /** {@code "as-1" h'61732d31'}, or hex alone if it is not text. */
    static String keyId(CborItem kid) {
        String text = new String(kid.content(), StandardCharsets.UTF_8);
        boolean readable = !text.isEmpty() && text.chars().allMatch(c -> c >= ' ' && c <= '~');
        return Stream.of(readable ? Printable.quoted(text) : "", kid.toString())
                .filter(form -> !form.isEmpty())
                .collect(Collectors.joining("  "));
    }
}
