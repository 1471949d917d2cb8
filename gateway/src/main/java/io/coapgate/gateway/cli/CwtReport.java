package io.coapgate.gateway.cli;

import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.Decrypter;
import io.coapgate.crypto.inspect.CborItem;
import io.coapgate.crypto.inspect.CoseLayer;
import io.coapgate.crypto.inspect.CoseNames;
import io.coapgate.crypto.inspect.CwtInspection;
import io.coapgate.gateway.cli.Report.Row;
import io.coapgate.gateway.cli.Report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts what a CWT holds into words. */
final class CwtReport {
    private static final int ALG = 1;
    private static final int CRIT = 2;
    private static final int KID = 4;

    private CwtReport() {}

    static Report of(byte[] token, CwtInspection seen, TokenPolicy policy) {
        CwtJudgement judgement = CwtJudgement.of(token, seen, policy);
        List<Section> sections = new ArrayList<>();
        for (CoseLayer layer : seen.layers()) {
            header(sections, "protected header" + of(layer, seen), layer.protectedHeader());
            header(sections, "unprotected header" + of(layer, seen), layer.unprotectedHeader());
        }
        String issuer = AdmissionTrial.claim(seen, CwtClaims::issuer).orElse("");
        Decrypter decrypter = new Decrypter(policy.decryptionKeys(issuer).keys(), policy.now()).of(issuer);
        ClaimText claims = new ClaimText(new TimeText(policy.now()), decrypter);
        List<Row> rows = seen.hidden().isPresent()
                ? List.of(new Row("not shown", seen.hidden().get()))
                : seen.claims().stream().map(claims::row).toList();
        sections.add(new Section("claims", rows));
        sections.add(new Section("bytes", sizes(seen)));
        return judgement.report(kind(seen), sections);
    }

    private static String of(CoseLayer layer, CwtInspection seen) {
        return seen.layers().size() == 1 ? "" : " of " + layer.structure().title();
    }

    private static String kind(CwtInspection seen) {
        String layers = seen.layers().stream()
                .map(layer -> layer.structure().title()
                        + (layer.isTagged()
                                ? " (tag " + layer.structure().tag() + ")"
                                : ", by its shape, without a tag"))
                .collect(Collectors.joining(", in it "));
        String tag = seen.hasCwtTag() ? " (tag 61)" : "";
        return "CWT" + tag + (layers.isEmpty() ? ", broken" : ": " + layers);
    }

    private static void header(List<Section> sections, String title, List<CborItem.Entry> parameters) {
        if (!parameters.isEmpty()) {
            sections.add(new Section(
                    title, parameters.stream().map(CwtReport::parameter).toList()));
        }
    }

    private static Row parameter(CborItem.Entry parameter) {
        CborItem value = parameter.value();
        String name = CoseNames.ofHeader(parameter.key());
        if (parameter.key().isInteger(ALG)) {
            return new Row(name, CoseNames.ofAlgorithm(value));
        }
        if (parameter.key().isInteger(KID) && value.is(CborItem.Kind.BYTES)) {
            return new Row(name, ClaimText.keyId(value));
        }
        return parameter.key().isInteger(CRIT) && value.is(CborItem.Kind.ARRAY)
                ? new Row(
                        name, value.children().stream().map(CoseNames::ofHeader).collect(Collectors.joining(", ")))
                : new Row(name, value.toString());
    }

    private static List<Row> sizes(CwtInspection seen) {
        List<Row> sizes = new ArrayList<>();
        sizes.add(size("token", seen.size()));
        boolean hasClaims = seen.claimsSize() > 0;
        for (CoseLayer layer : seen.layers()) {
            sizes.add(size(
                    "protected header" + of(layer, seen),
                    layer.protectedBucket().content().length));
            sizes.add(size(
                    "unprotected header" + of(layer, seen),
                    layer.unprotectedBucket().size()));
            boolean last = layer.equals(seen.layers().get(seen.layers().size() - 1));
            int content = layer.payload().content().length;
            if (layer.structure().isEncrypted()) {
                sizes.add(size("ciphertext", content));
                Optional.of(size("claims", seen.claimsSize()))
                        .filter(row -> last && hasClaims)
                        .ifPresent(sizes::add);
            } else {
                sizes.add(size(last && hasClaims ? "claims" : "payload", content));
                sizes.add(size("signature or MAC", layer.authenticatorSize()));
            }
        }
        return sizes;
    }

    private static Row size(String name, int bytes) {
        return new Row(name, String.valueOf(bytes));
    }
}
