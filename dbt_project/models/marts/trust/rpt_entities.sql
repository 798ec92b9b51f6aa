with

entities as (
    select
        entity_name,
        row_count,
        undecided_key_count,
        last_event_date
    from {{ ref('int_rows_counted_to_entities') }}
),

files as (
    select
        entity_name,
        count(*) as file_count,
        sum(rows_in_count) as rows_in_count,
        sum(rows_loaded_count) as rows_loaded_count,
        sum(rows_quarantined_count) as rows_quarantined_count,
        max(landed_at) as last_landed_at
    from {{ ref('stg_kaeru__files') }}
    where state_code in ('loaded', 'loaded_with_quarantine')
    group by entity_name
),

final as (
    select
        entities.entity_name,
        coalesce(files.file_count, 0) as file_count,
        cast(coalesce(files.rows_in_count, 0) as bigint) as rows_in_count,
        cast(coalesce(files.rows_loaded_count, 0) as bigint) as rows_loaded_count,
        cast(coalesce(files.rows_quarantined_count, 0) as bigint) as rows_quarantined_count,
        entities.row_count,
        entities.undecided_key_count,
        entities.row_count > 0 as is_landed,
        entities.last_event_date,
        files.last_landed_at
    from entities
    left join files on entities.entity_name = files.entity_name
    order by entities.entity_name
)

select * from final
