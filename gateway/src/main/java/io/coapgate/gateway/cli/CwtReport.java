package io.coapgate.gateway.cli;

import io.coapgate.crypto.inspect.CborItem;
import io.coapgate.crypto.inspect.CoseLayer;
import io.coapgate.crypto.inspect.CoseNames;
import io.coapgate.crypto.inspect.CwtInspection;
import io.coapgate.gateway.cli.Report.Row;
import io.coapgate.gateway.cli.Report.Section;
import java.util.ArrayList;
import java.util.List;
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
            String of =
                    seen.layers().size() == 1 ? "" : " of " + layer.structure().title();
            header(sections, "protected header" + of, layer.protectedHeader());
            header(sections, "unprotected header" + of, layer.unprotectedHeader());
        }
        ClaimText claims = new ClaimText(new TimeText(policy.now()));
        if (seen.hidden().isPresent()) {
            sections.add(new Section(
                    "claims", List.of(new Row("not shown", seen.hidden().get()))));
        } else {
            sections.add(new Section(
                    "claims", seen.claims().stream().map(claims::row).toList()));
        }
        sections.add(new Section("bytes", sizes(seen)));
        return new Report(kind(seen), judgement.findings(), judgement.notJudged(), judgement.signatureText(), sections);
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
        for (CoseLayer layer : seen.layers()) {
            sizes.add(size("protected header", layer.protectedBucket().content().length));
            sizes.add(size("unprotected header", layer.unprotectedBucket().size()));
            boolean last = seen.claimsSize() > 0
                    && layer.equals(seen.layers().get(seen.layers().size() - 1));
            sizes.add(size(last ? "claims" : "payload", layer.payload().content().length));
            sizes.add(size("signature or MAC", layer.authenticatorSize()));
        }
        return sizes;
    }

    private static Row size(String name, int bytes) {
        return new Row(name, String.valueOf(bytes));
    }
}
