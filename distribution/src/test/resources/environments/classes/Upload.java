package app;

import java.io.IOException;
import ${namespace}.servlet.ServletException;
import ${namespace}.servlet.annotation.MultipartConfig;
import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;
import ${namespace}.servlet.http.Part;

@WebServlet("/upload")
@MultipartConfig
public class Upload extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Part part = request.getPart("file");
        response.getWriter().print(part.getSubmittedFileName() + " of " + part.getSize());
    }
}
