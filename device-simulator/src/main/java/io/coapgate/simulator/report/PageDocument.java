package io.coapgate.simulator.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The frame of a report: one document with its style, its scripts and its data in it. A content security policy lets these
 * very scripts and styles run, by their hashes, and nothing be fetched or sent.
 */
final class PageDocument {
    private PageDocument() {}

    /**
     * @param body made by this package
     * @param data of the plots, JSON without {@code <}
     */
    static String of(String title, String body, String data) {
        String uplot = resource("uplot.location").strip() + "/uPlot.";
        String style = resource(uplot + "min.css") + resource("report.css");
        String library = resource(uplot + "iife.min.js");
        String script = resource("report.js");
        String policy = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '" + hash(style)
                + "'; script-src '" + hash(library) + "' '" + hash(script) + "'";
        return new Markup()
                .trusted("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .open("meta", "http-equiv", "Content-Security-Policy", "content", policy)
                .trusted("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .trusted("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .element("title", title)
                .trusted("<style>" + style + "</style>\n</head>\n<body>\n<main>\n")
                .trusted(body)
                .trusted("</main>\n<script type=\"application/json\" id=\"data\">" + data + "</script>\n")
                .trusted("<script>" + library + "</script>\n<script>" + script + "</script>\n</body>\n</html>\n")
                .toString();
    }

    private static String resource(String name) {
        try (InputStream in = PageDocument.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            // What a browser hashes has line feeds only.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
