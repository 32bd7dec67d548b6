package dev.gangway.sample.page;

import static dev.gangway.sample.Html.escape;

import dev.gangway.sample.Checksum;
import dev.gangway.sample.Json;
import dev.gangway.sample.frame.Exhibit;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;

/**
 * Computes the checksum of an upload. The form sends a multipart body, which the container keeps in a temporary file;
 * the script sends the bare file, which streams through and is never held.
 */
@WebServlet(UploadPage.PATH)
@MultipartConfig(fileSizeThreshold = 64 * 1024, maxFileSize = 256L * 1024 * 1024)
@Exhibit(
        path = UploadPage.PATH,
        title = "Upload",
        flag = 'U',
        place = 2,
        summary = "A file goes up with a progress bar, and its SHA-256 comes back.")
public final class UploadPage extends HttpServlet {
    static final String PATH = "/upload";
    private static final String FORM =
            """
            <p class="lead">Choose a file of any kind. The servlet computes its SHA-256 while it arrives and keeps \
            nothing.</p>
            <form id="upload" method="post" enctype="multipart/form-data">
            <label for="file">File</label>
            <input id="file" name="file" type="file" required>
            <button>Upload</button>
            </form>
            <div id="upload-progress" hidden>
            <label for="progress">Progress</label>
            <progress id="progress" max="100" value="0"></progress>
            <output id="progress-text" for="file"></output>
            </div>
            """;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Page.send(request, response, "Upload a file", FORM + resultBox(""));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (isMultipart(request)) {
            answerForm(request, response);
        } else {
            answerScript(request, response);
        }
    }

    private static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.startsWith("multipart/form-data");
    }

    private static void answerScript(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Checksum checksum = Checksum.of(request.getInputStream());
        Json.send(
                response,
                Json.object()
                        .add("bytes", checksum.bytes())
                        .add("sha256", checksum.sha256())
                        .build());
    }

    private static void answerForm(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Part file;
        try {
            file = file(request);
        } catch (IllegalStateException e) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, "The form is malformed or larger than 256 MiB.");
            return;
        }
        if (file == null) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, "The form has no file. Choose one and try again.");
            return;
        }
        try (InputStream input = file.getInputStream()) {
            String result = result(file.getSubmittedFileName(), Checksum.of(input));
            Page.send(request, response, "Upload a file", FORM + resultBox(result));
        } finally {
            file.delete();
        }
    }

    /** {@return the chosen file, or null if there is none} */
    private static Part file(HttpServletRequest request) throws IOException, ServletException {
        Part file = request.getPart("file");
        if (file == null || file.getSubmittedFileName() == null) return null;
        return file.getSubmittedFileName().isEmpty() ? null : file;
    }

    private static String resultBox(String content) {
        return "<div id=\"upload-result\" role=\"status\">" + content + "</div>\n";
    }

    private static String result(String fileName, Checksum checksum) {
        return """
                <h2>%s</h2>
                <dl>
                <dt>Received</dt><dd>%,d bytes</dd>
                <dt>SHA-256</dt><dd><samp>%s</samp></dd>
                </dl>
                """
                .formatted(escape(fileName), checksum.bytes(), checksum.sha256());
    }
}
