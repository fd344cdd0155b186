-- Older versions; for the newer ones the catalogue says where to look.
SELECT 'tv_' || entity FROM public.pg_tview_meta
